package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.testkit.LabLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What makes a download fast, and what is left of one. */
@ExtendWith(OneHost.class)
class DownloadIT {
  private static final int SIZE = 24 << 20;

  @TempDir Path dir;
  private final OneHost.Target target;
  private final List<TransferProgress> progress = new ArrayList<>();
  private final byte[] content = new byte[SIZE];

  DownloadIT(OneHost.Target target) {
    this.target = target;
  }

  @BeforeEach
  void makeFile() {
    Random random = new Random(10);
    for (int i = 0; i < SIZE; i++) {
      content[i] = (byte) ('a' + random.nextInt(16));
    }
    target.host().write("/srv/down", content, "0600");
  }

  @AfterEach
  void remove() {
    target.inside("rm -f /srv/down");
  }

  @Test
  void download_slowLine_comesPacked() throws IOException {
    try (LabLine line = target.host().line(40, Duration.ofMillis(5));
        SshHost host = target.over(line)) {
      host.download("/srv/down", dir.resolve("file"), progress::add);
      assertThat(target.bytesOverLine()).isLessThan(SIZE * 3L / 4);
    }
    assertThat(dir.resolve("file")).hasBinaryContent(content);
  }

  @Test
  void download_connectionsAreCut_goesOnWhereItWas() throws IOException {
    AtomicBoolean cut = new AtomicBoolean();
    try (LabLine line = target.host().line(80, Duration.ofMillis(5));
        SshHost host = target.over(line)) {
      host.download(
          "/srv/down",
          dir.resolve("file"),
          done -> {
            progress.add(done);
            if (done.bytes() > SIZE / 2 && cut.compareAndSet(false, true)) {
              target.cutConnections();
            }
          });
    }
    assertThat(cut).isTrue();
    assertThat(dir.resolve("file")).hasBinaryContent(content);
    assertThat(progress).extracting(TransferProgress::bytes).isSorted();
    assertThat(dir.toFile().list()).containsExactly("file");
  }

  @Test
  void download_secondTime_isNotFetchedAgain() throws IOException {
    Path file = dir.resolve("file");
    try (SshHost host = target.ssh()) {
      host.download("/srv/down", file, progress::add);
      Object before = Files.getAttribute(file, "unix:ino");
      progress.clear();
      host.download("/srv/down", file, progress::add);
      assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(before);
      assertThat(progress).hasSize(1);
      target.inside("echo x | dd of=/srv/down bs=1 seek=100 conv=notrunc status=none");
      host.download("/srv/down", file, progress::add);
    }
    assertThat(Files.readAllBytes(file)[100]).isEqualTo((byte) 'x');
  }

  @Test
  void download_earlierOneWasLost_fetchesTheRest() throws IOException {
    Path file = dir.resolve("file");
    try (LabLine line = target.host().line(40, Duration.ofMillis(5));
        SshHost host = target.over(line)) {
      Path other = Files.writeString(dir.resolve(".file.part-0123456789abcdef"), "other");
      byte[] begin = java.util.Arrays.copyOf(content, SIZE - (4 << 20));
      Files.write(dir.resolve(".file.part-" + key()), begin);
      host.download("/srv/down", file, progress::add);
      assertThat(target.bytesOverLine()).isLessThan(6 << 20);
      assertThat(other).doesNotExist();
    }
    assertThat(file).hasBinaryContent(content);
    assertThat(dir.toFile().list()).containsExactly("file");
  }

  @Test
  void download_whatIsLeftIsWrong_saysSoOnceAndThenFetchesAll() throws IOException {
    Files.write(dir.resolve(".file.part-" + key()), new byte[1000]);
    try (SshHost host = target.ssh()) {
      assertThatThrownBy(() -> host.download("/srv/down", dir.resolve("file"), progress::add))
          .extracting("code")
          .isEqualTo(Code.DIGEST_MISMATCH);
      assertThat(dir.toFile().list()).isEmpty();
      host.download("/srv/down", dir.resolve("file"), progress::add);
    }
    assertThat(dir.resolve("file")).hasBinaryContent(content);
  }

  @Test
  void download_notEnoughRoomHere_isRefused() throws IOException, InterruptedException {
    Path small = Files.createDirectory(dir.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=8m", "none", small.toString());
    try (SshHost host = target.ssh()) {
      assertThatThrownBy(() -> host.download("/srv/down", small.resolve("file"), progress::add))
          .isInstanceOf(RefusedException.class)
          .extracting("code")
          .isEqualTo(Code.DISK_FULL);
      assertThat(small.toFile().list()).isEmpty();
    } finally {
      run("umount", small.toString());
    }
  }

  private String key() {
    String[] found =
        target.inside("stat -c '%d:%i:%s:%.Y:%.Z' /srv/down; cat /etc/machine-id").split("\n", -1);
    return new RemoteSource("/srv/down", SIZE, found[0], found[1], PackSample.USELESS).key();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
