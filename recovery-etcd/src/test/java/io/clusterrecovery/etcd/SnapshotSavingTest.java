package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSavingTest {
  @TempDir Path folder;
  private final FakeEtcd etcd = new FakeEtcd(new SteppedClock());
  private Path file = Path.of("unset");

  @BeforeEach
  void sent() throws Exception {
    file = folder.resolve("saved.db");
    etcd.snapshot = BoltBytes.withTrailer(new EtcdBytes().put(1, "/a", "x").done());
  }

  @Test
  void save_fileThatIsThere_isRefusedAndItIsKept() throws Exception {
    Files.writeString(file, "an earlier one");

    assertRefused(Code.FILE_UNWRITABLE);
    assertThat(file).hasContent("an earlier one");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void save_whole_isThereForItsOwnerAlone() throws Exception {
    Snapshot saved = Snapshot.save(etcd.cluster(), file);

    assertThat(saved).isEqualTo(Snapshot.inspect(file));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void save_sentWithoutChecksum_isRefused() {
    etcd.snapshot = Arrays.copyOf(etcd.snapshot, etcd.snapshot.length - 32);

    assertRefused(Code.SNAPSHOT_TRUNCATED);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void save_sentWithAFlippedBit_isRefused() {
    etcd.snapshot[etcd.snapshot.length / 2] ^= 4;

    assertRefused(Code.SNAPSHOT_CORRUPT);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void save_endpointSilent_isRefused() {
    EtcdCluster nobody =
        new EtcdCluster(
            java.util.List.of(URI.create("http://x.test:1")),
            url -> {
              throw new EtcdCallException(
                  EtcdCallException.Kind.NO_ANSWER, url, "connect", "no answer", null);
            });

    assertThat(refusal(nobody).code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void save_folderThatIsNotThere_isRefused() {
    file = folder.resolve("missing/saved.db");

    assertRefused(Code.FILE_UNWRITABLE);
  }

  @Test
  void await_bytesThatKeepComing_goesOn() throws Exception {
    WatchedOutput out = new WatchedOutput(OutputStream.nullOutputStream());
    CompletableFuture<Long> end = new CompletableFuture<>();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 20; i++) {
                try {
                  out.write(new byte[100]);
                } catch (java.io.IOException e) {
                  end.completeExceptionally(e);
                }
                Thread.onSpinWait();
              }
              end.complete(2000L);
            });
    writer.start();

    out.await(end, Duration.ofSeconds(20));

    assertThat(out.bytes()).isEqualTo(2000);
    writer.join();
  }

  @Test
  void await_noByteForTheLimit_isGivenUp() {
    WatchedOutput out = new WatchedOutput(OutputStream.nullOutputStream());

    assertThat(
            catchThrowableOfType(
                TimeoutException.class,
                () -> out.await(new CompletableFuture<>(), Duration.ofMillis(20))))
        .isNotNull();
  }

  private void assertRefused(Code code) {
    assertThat(refusal(etcd.cluster()).code()).isEqualTo(code);
  }

  private RefusedException refusal(EtcdCluster cluster) {
    return catchThrowableOfType(RefusedException.class, () -> Snapshot.save(cluster, file));
  }
}
