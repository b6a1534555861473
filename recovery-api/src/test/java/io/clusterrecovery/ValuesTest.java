package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @Nested
  class WhenUploading {
    private final Upload upload = Upload.of(Path.of("snapshot.db"), "/var/lib/snapshot.db");

    @Test
    void of_defaults_areRootsAlone() {
      assertThat(upload.mode()).isEqualTo("0600");
      assertThat(upload.owner()).isEqualTo("root:root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "snapshot.db", "./a", "/", "/var/lib/", "/a\0b"})
    void of_noAbsolutePathOfAFile_isRefused(String to) {
      assertThatThrownBy(() -> Upload.of(Path.of("a"), to))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "00600", "0680", "u+x", "600 ", "600\n"})
    void mode_notOctal_isRefused(String mode) {
      assertThatThrownBy(() -> upload.mode(mode)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "root:", ":root", "a b", "-R", "a;b", "a:b:c", "root\n"})
    void owner_noUserOrGroup_isRefused(String owner) {
      assertThatThrownBy(() -> upload.owner(owner)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "core:core", "1000:1000", "etcd-user_1.x"})
    void owner_userOrGroup_isKept(String owner) {
      assertThat(upload.owner(owner).mode("755").owner()).isEqualTo(owner);
    }
  }

  @Nested
  class WhenNamingRuns {
    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a/b", "..", "a b", "a\n", "é"})
    void runId_notSafeAsAFileName_isRefused(String value) {
      assertThatThrownBy(() -> new RunId(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runId_length_isBounded() {
      assertThat(new RunId("a".repeat(64))).hasToString("a".repeat(64));
      assertThatThrownBy(() -> new RunId("a".repeat(65)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void startingAt_aTime_beginsWithItAndDiffersEachTime() {
      Instant time = Instant.parse("2026-11-23T01:02:03Z");
      assertThat(RunId.startingAt(time).value()).matches("20261123-010203-[0-9a-f]{6}");
      assertThat(RunId.startingAt(time)).isNotEqualTo(RunId.startingAt(time));
    }
  }

  @Nested
  class WhenWaiting {
    @Test
    void wait_notMoreThanZero_isRefused() {
      assertThatThrownBy(() -> Wait.named("it", Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("limit");
      assertThatThrownBy(() -> Wait.named("it", Duration.ofSeconds(1)).every(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("every");
    }

    @Test
    void named_pace_isHalfASecond() {
      assertThat(Wait.named("it", Duration.ofSeconds(9)).every()).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "999,999 ms", "1000,1.0 s", "59999,59.9 s", "61000,1 min 01 s"})
    void words_ofATime_readWell(long millis, String words) {
      assertThat(Durations.words(Duration.ofMillis(millis))).isEqualTo(words);
    }
  }

  @Nested
  class WhenSecret {
    @Test
    void toString_always_isMasked() {
      assertThat(Secret.of("s3cret")).hasToString("***");
    }

    @Test
    void reveal_givenCopies_leavesTheSecretAsItIs() {
      byte[] bytes = {1, 2};
      try (Secret secret = Secret.of(bytes)) {
        bytes[0] = 9;
        secret.reveal()[1] = 9;
        assertThat(secret.reveal()).containsExactly(1, 2);
      }
    }

    @Test
    void close_then_reveal_givesZeros() {
      Secret secret = Secret.of("é");
      assertThat(secret.reveal()).isEqualTo("é".getBytes(StandardCharsets.UTF_8));
      secret.close();
      assertThat(secret.reveal()).containsExactly(0, 0);
    }
  }
}
