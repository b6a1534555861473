package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownDigestsTest {
  private static final long LARGE = KnownDigests.LEAST_SIZE;

  @TempDir Path dir;
  private Path folder;
  private KnownDigests known;

  KnownDigestsTest() {
    folder = Path.of("unset");
    known = new KnownDigests(folder);
  }

  @BeforeEach
  void begin() {
    folder = dir.resolve("digests");
    known = new KnownDigests(folder);
  }

  @Test
  void find_sameFile_isRemembered() {
    known.remember("here:/f", "8:1:99", "abc", LARGE);
    assertThat(new KnownDigests(folder).find("here:/f", "8:1:99")).contains("abc");
  }

  @Test
  void find_anythingElse_isNot() {
    known.remember("here:/f", "8:1:99", "abc", LARGE);
    assertThat(known.find("here:/f", "8:1:98")).isEmpty();
    assertThat(known.find("here:/g", "8:1:99")).isEmpty();
    assertThat(known.find("here:/f", "")).isEmpty();
  }

  @Test
  void remember_smallFileOrNoIdentity_isNot() {
    known.remember("here:/f", "8:1:99", "abc", LARGE - 1);
    known.remember("here:/g", "", "abc", LARGE);
    assertThat(folder).doesNotExist();
  }

  @Test
  void remember_sameFileAgain_replacesIt() {
    known.remember("here:/f", "1", "abc", LARGE);
    known.remember("here:/f", "2", "def", LARGE);
    assertThat(known.find("here:/f", "1")).isEmpty();
    assertThat(known.find("here:/f", "2")).contains("def");
  }

  @Test
  void remember_manyFiles_keepsABoundedNumber() throws IOException {
    for (int i = 0; i < 300; i++) {
      known.remember("here:/" + i, "1", "abc", LARGE);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(200);
    }
    assertThat(known.find("here:/299", "1")).contains("abc");
  }

  @Test
  void remember_folderCannotBeMade_isQuietlyLeftOut() throws IOException {
    Files.writeString(folder, "a file");
    known.remember("here:/f", "1", "abc", LARGE);
    assertThat(known.find("here:/f", "1")).isEmpty();
  }
}
