package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OneHost.class)
class TransferIT {
  private static final int SIZE = 24 << 20;

  @TempDir Path dir;
  private final OneHost.Target target;
  private final SshHost host;
  private final List<TransferProgress> progress = new ArrayList<>();
  private Path file;

  TransferIT(OneHost.Target target) {
    this.target = target;
    this.host = target.ssh();
    this.file = Path.of("unset");
  }

  @BeforeEach
  void makeFile() throws IOException {
    byte[] content = new byte[SIZE + 17];
    new Random(4).nextBytes(content);
    file = Files.write(dir.resolve("snapshot.db"), content);
  }

  @AfterEach
  void close() {
    host.close();
    assertThat(target.inside("find / -xdev -name '.*part-*' 2>/dev/null")).isEmpty();
    target.inside("rm -rf /srv/deep /srv/file");
  }

  @Test
  void upload_newFile_isThereWithDigestModeAndOwner() {
    Upload upload =
        Upload.of(file, "/srv/deep/er/it's a db").mode("0640").owner("core:systemd-journal");
    RemoteFile there = host.upload(upload, progress::add);
    String digest = LocalFiles.sha256(file, new Failures("here"));
    assertThat(there).isEqualTo(new RemoteFile("/srv/deep/er/it's a db", SIZE + 17, digest));
    assertThat(target.inside("sha256sum </srv/deep/er/it\\'s\\ a\\ db")).startsWith(digest);
    assertThat(target.inside("cd /srv/deep/er; stat -c '%a %U:%G %s' . *"))
        .startsWith("700 root:root ")
        .endsWith("640 core:systemd-journal " + (SIZE + 17));
    assertThat(progress).last().extracting(TransferProgress::bytes).isEqualTo(SIZE + 17L);
  }

  @Test
  void upload_secondTime_isNotSentButOwned() {
    host.upload(Upload.of(file, "/srv/file"), progress::add);
    String before = target.inside("stat -c '%i %Y' /srv/file");
    progress.clear();
    host.upload(Upload.of(file, "/srv/file").mode("0444").owner("core"), progress::add);
    assertThat(target.inside("stat -c '%i %Y' /srv/file")).isEqualTo(before);
    assertThat(target.inside("stat -c '%a %U' /srv/file")).isEqualTo("444 core");
    assertThat(progress).hasSize(1);
  }

  @Test
  void upload_sameSizeOtherContent_isReplaced() throws IOException {
    host.upload(Upload.of(file, "/srv/file"), progress::add);
    byte[] content = Files.readAllBytes(file);
    content[SIZE / 2] ^= 1;
    Files.write(file, content);
    RemoteFile there = host.upload(Upload.of(file, "/srv/file"), progress::add);
    assertThat(target.inside("sha256sum </srv/file")).startsWith(there.sha256());
  }

  @Test
  void upload_emptyFile_isThere() throws IOException {
    Path empty = Files.createFile(dir.resolve("empty"));
    assertThat(host.upload(Upload.of(empty, "/srv/file"), progress::add).size()).isZero();
    assertThat(target.inside("stat -c %s /srv/file")).isEqualTo("0");
  }

  @Test
  void upload_diskFillsMeanwhile_leavesNothing() {
    target.inside("mkdir -p /srv/deep && mount -t tmpfs -o size=30m none /srv/deep");
    AtomicBoolean filled = new AtomicBoolean();
    try {
      assertThatThrownBy(
              () ->
                  host.upload(
                      Upload.of(file, "/srv/deep/file"),
                      done -> {
                        if (filled.compareAndSet(false, true)) {
                          target.inside("head -c 20m /dev/zero >/srv/deep/other ");
                        }
                      }))
          .isInstanceOf(RecoveryException.class)
          .extracting("code")
          .isEqualTo(Code.DISK_FULL);
      assertThat(target.inside("ls -A /srv/deep")).isEqualTo("other");
    } finally {
      target.inside("umount /srv/deep");
    }
  }

  @Test
  void upload_placeUnusable_isRefused() {
    assertRefused(Upload.of(file, "/etc/hostname/file"), "no folder");
    assertRefused(Upload.of(file, "/srv"), "no regular file");
    assertRefused(Upload.of(file, "/srv/file").owner("nobody-here"), "unknown there");
    assertRefused(Upload.of(file, "/srv/file").owner("core:none-here"), "unknown there");
    assertRefused(Upload.of(dir.resolve("absent"), "/srv/file"), "local file");
    assertThat(target.inside("ls /srv/file 2>/dev/null || :")).isEmpty();
  }

  @Test
  void upload_connectionCut_leavesTheOldFileAndNoPart() {
    target.inside("echo old >/srv/file");
    AtomicBoolean cut = new AtomicBoolean();
    try {
      host.upload(
          Upload.of(file, "/srv/file"),
          done -> {
            if (done.bytes() > 0 && cut.compareAndSet(false, true)) {
              target.cutConnections();
            }
          });
    } catch (RecoveryException e) {
      assertThat(e.code()).isEqualTo(Code.CONNECTION_LOST);
    }
    Eventually.holds("no part is left", () -> target.inside("find /srv -name '.*part*'").isEmpty());
    RemoteFile there = host.upload(Upload.of(file, "/srv/file"), progress::add);
    assertThat(target.inside("sha256sum </srv/file")).startsWith(there.sha256());
  }

  @Test
  void download_file_arrivesWholeAndPrivate() throws IOException {
    host.upload(Upload.of(file, "/srv/file"), progress::add);
    progress.clear();
    Path to = dir.resolve("back.db");
    RemoteFile there = host.download("/srv/file", to, progress::add);
    assertThat(to).hasSameBinaryContentAs(file);
    assertThat(there.sha256()).isEqualTo(LocalFiles.sha256(file, new Failures("here")));
    assertThat(Files.getPosixFilePermissions(to)).hasSize(2);
    assertThat(progress).last().extracting(TransferProgress::bytes).isEqualTo(SIZE + 17L);
  }

  @Test
  void download_noSuchFile_isRefusedAndLeavesNothing() {
    Path to = dir.resolve("back.db");
    assertThatThrownBy(() -> host.download("/srv/none", to, progress::add))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> host.download("/srv", to, progress::add))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no regular file");
    assertThat(dir.toFile().list()).containsExactly("snapshot.db");
  }

  private void assertRefused(Upload upload, String found) {
    assertThatThrownBy(() -> host.upload(upload, progress::add))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(found);
  }
}
