package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackSampleTest {
  @TempDir Path dir;

  @ParameterizedTest(name = "packed {0} times at {1} MB/s, over {2} MB/s: {3}")
  @CsvSource({
    "2.0, 300,   1, ZSTD",
    "2.0, 300,  25, ZSTD",
    "2.0, 300, 110, ZSTD",
    // The line takes as much as can be packed.
    "2.0, 300, 250, NONE",
    "2.0, 300, 900, NONE",
    // Random bytes.
    "1.0, 900,   1, NONE",
    "1.05, 900,  1, NONE",
    // A slow processor.
    "2.0,  30,  10, ZSTD",
    "2.0,  30,  25, ZSTD",
    "2.0,  30,  60, NONE",
  })
  void over_aLine_isPackedWhereThatPays(double ratio, double speed, double line, Packing expected) {
    PackSample sample = new PackSample(Packing.ZSTD, ratio, speed * 1e6);
    assertThat(sample.over(line * 1e6)).isEqualTo(expected);
  }

  @Test
  void of_textAndRandomBytes_tellsThemApart() throws IOException {
    Path text = Files.writeString(dir.resolve("text"), "the same words again\n".repeat(100_000));
    byte[] bytes = new byte[2_000_000];
    new Random(5).nextBytes(bytes);
    Path random = Files.write(dir.resolve("random"), bytes);
    for (Packing packing : List.of(Packing.ZSTD, Packing.GZIP)) {
      assertThat(PackSample.of(packing, text, 0).ratio()).isGreaterThan(20);
      assertThat(PackSample.of(packing, random, 0).ratio()).isBetween(0.9, 1.01);
      assertThat(PackSample.of(packing, random, 0).over(1_000)).isEqualTo(Packing.NONE);
    }
  }

  @Test
  void of_emptyFile_isNotPacked() throws IOException {
    Path empty = Files.createFile(dir.resolve("empty"));
    assertThat(PackSample.of(Packing.ZSTD, empty, 0).over(1e6)).isEqualTo(Packing.NONE);
  }

  @Test
  void best_whatAHostHas_isZstdThenGzipThenNone() {
    assertThat(Packing.best(List.of("gzip", "zstd"))).isEqualTo(Packing.ZSTD);
    assertThat(Packing.best(List.of("gzip"))).isEqualTo(Packing.GZIP);
    assertThat(Packing.best(List.of(""))).isEqualTo(Packing.NONE);
  }
}
