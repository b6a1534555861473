package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private final Opening opening = new Opening(command, () -> {});

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void write_inPartsOfAnySize_keepsTheBannerApart(int part) throws IOException {
    byte[] all = ("Grüße\n" + Opening.MARK + "é" + Opening.MARK).getBytes(UTF_8);
    for (int at = 0; at < all.length; at += part) {
      opening.write(all, at, Math.min(part, all.length - at));
    }
    assertThat(opening.begun()).isTrue();
    assertThat(opening.before()).hasSize("Gr..".length() + "..e\n".length()).endsWith("e\n");
    assertThat(command.toString(UTF_8)).isEqualTo("é" + Opening.MARK);
  }

  @Test
  void write_noMark_keepsTheEndAlone() throws IOException {
    for (int i = 0; i < 100; i++) {
      opening.write("x".repeat(1000).getBytes(UTF_8));
    }
    opening.write("end".getBytes(UTF_8));
    assertThat(opening.begun()).isFalse();
    assertThat(opening.before()).hasSize(64 << 10).endsWith("xend");
    assertThat(command.size()).isZero();
  }
}
