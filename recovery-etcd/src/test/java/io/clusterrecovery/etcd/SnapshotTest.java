package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  private static final Map<String, String> ONE = Map.of("a1", BoltBytes.member("m0", "m0.test"));

  @TempDir Path folder;

  @Test
  void inspect_wholeWithTrailer_namesItsMembers() throws Exception {
    Snapshot snapshot = Snapshot.inspect(file(BoltBytes.withTrailer(BoltBytes.etcd(ONE))));

    assertThat(snapshot.checksum()).isEqualTo(Snapshot.Checksum.MATCHES);
    assertThat(snapshot.members())
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.id()).isEqualTo("a1");
              assertThat(m.name()).isEqualTo("m0");
              assertThat(m.votes()).isTrue();
              assertThat(m.peerUrls()).containsExactly(URI.create("https://m0.test:2380"));
            });
    assertThat(snapshot.sha256()).hasSize(64);
  }

  @Test
  void inspect_withoutTrailer_saysSo() throws Exception {
    assertThat(Snapshot.inspect(file(BoltBytes.etcd(ONE))).checksum())
        .isEqualTo(Snapshot.Checksum.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 200})
  void inspect_pagesThatPointToThemselves_isRefusedAtOnce(int fanOut) throws Exception {
    Path file = file(BoltBytes.looping(fanOut));

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertRefused(file, Code.SNAPSHOT_CORRUPT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]]", "{\"peerURLs\":[\"https://a b\"]}"})
  void inspect_memberThatCannotBeRead_isCorrupt(String json) throws Exception {
    assertRefused(file(BoltBytes.etcd(Map.of("a1", json))), Code.SNAPSHOT_CORRUPT);
  }

  @Test
  void inspect_memberIdThatIsNoNumber_isCorrupt() throws Exception {
    byte[] bytes = BoltBytes.etcd(Map.of("not-hex", BoltBytes.member("m0", "m0.test")));

    assertRefused(file(bytes), Code.SNAPSHOT_CORRUPT);
  }

  @Test
  void inspect_databaseOfAnotherProgram_isNotEtcd() throws Exception {
    byte[] bytes = BoltBytes.withBuckets("containers");

    assertRefused(file(bytes), Code.SNAPSHOT_NOT_ETCD);
    assertRefused(file(BoltBytes.withTrailer(bytes)), Code.SNAPSHOT_NOT_ETCD);
  }

  @Test
  void inspect_noMemberList_isCorrupt() throws Exception {
    assertRefused(file(BoltBytes.withBuckets("key")), Code.SNAPSHOT_CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void inspect_metaPageThatDoesNotMatch_isCorrupt(int page) throws Exception {
    byte[] bytes = BoltBytes.etcd(ONE);
    bytes[page * BoltBytes.PAGE + 16 + 48] ^= 1;

    assertRefused(file(bytes), Code.SNAPSHOT_CORRUPT);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {512, 1024, 2048, 4096, 8192, 12_288, 12_288 + 32, 12_288 + 7, 100, 4096 + 32})
  void inspect_cutShort_isTruncated(int length) throws Exception {
    byte[] whole = BoltBytes.withTrailer(BoltBytes.etcd(ONE));

    assertRefused(file(java.util.Arrays.copyOf(whole, length)), Code.SNAPSHOT_TRUNCATED);
  }

  @Test
  void inspect_empty_isTruncated() throws Exception {
    assertRefused(file(new byte[0]), Code.SNAPSHOT_TRUNCATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 32, 79, 512, 8192, 8192 + 32, 10_000})
  void inspect_anotherFile_isNotEtcd(int length) throws Exception {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 'x');

    assertRefused(file(bytes), Code.SNAPSHOT_NOT_ETCD);
  }

  @Test
  void inspect_missing_isUnreadable() {
    assertRefused(folder.resolve("missing.db"), Code.SNAPSHOT_UNREADABLE);
  }

  @Test
  void inspect_directory_isUnreadable() {
    assertRefused(folder, Code.SNAPSHOT_UNREADABLE);
  }

  @Test
  void inspect_pipe_isUnreadableAndNotWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertRefused(pipe, Code.SNAPSHOT_UNREADABLE));
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("snapshot.db"), bytes);
  }

  static void assertRefused(Path file, Code code) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> Snapshot.inspect(file));
    assertThat(refused).as(file.toString()).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.found()).contains(file.toString());
  }
}
