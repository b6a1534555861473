package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.TransferProgress;
import io.clusterrecovery.Upload;
import io.clusterrecovery.testkit.LabLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of an upload, and how it is taken up. */
@ExtendWith(OneHost.class)
class UploadResumeIT {
  private static final int SIZE = 24 << 20;
  private static final int KEPT = 14 << 20;

  @TempDir Path dir;
  private final OneHost.Target target;
  private final List<TransferProgress> progress = Collections.synchronizedList(new ArrayList<>());
  private Path path = Path.of("unset");

  UploadResumeIT(OneHost.Target target) {
    this.target = target;
  }

  @BeforeEach
  void makeFile() throws IOException {
    byte[] content = new byte[SIZE];
    Random random = new Random(9);
    for (int i = 0; i < SIZE; i++) {
      content[i] = (byte) ('a' + random.nextInt(16));
    }
    path = Files.write(dir.resolve("snapshot.db"), content);
    target.inside("mkdir /srv/up");
  }

  @AfterEach
  void nothingIsLeftBeside() {
    assertThat(target.inside("ls -A /srv/up; rm -r /srv/up")).isEqualTo("file");
  }

  @Test
  void upload_earlierOneWasLost_sendsTheRest() throws IOException {
    leave(Files.readAllBytes(path), "-deadbeef-1-1");
    assertThat(uploadOverALine()).isBetween(1L << 20, SIZE - KEPT + (1L << 20));
  }

  @Test
  void upload_whatIsLeftIsNotHowTheFileBegins_isSentWhole() throws IOException {
    byte[] other = Files.readAllBytes(path);
    other[1] ^= 1;
    leave(other, "-deadbeef-1-1");
    assertThat(uploadOverALine()).isGreaterThan(SIZE - KEPT + (1L << 20));
  }

  @Test
  void upload_leftByOtherContentOrLonger_isClearedAway() throws IOException {
    target.inside("head -c 2000000 /dev/zero >/srv/up/.file.part-0123456789abcdef-deadbeef-1-1");
    byte[] longer = new byte[SIZE + 1];
    target.host().write("/srv/up/.file.part-" + key() + "-deadbeef-1-1", longer, "0600");
    upload();
  }

  @Test
  void upload_allOfItWasLeft_isOnlyPutInPlace() throws IOException {
    target
        .host()
        .write("/srv/up/.file.part-" + key() + "-deadbeef-1-1", Files.readAllBytes(path), "0600");
    upload();
  }

  @Test
  void upload_connectionsAreCut_goesOnWhereItWas() {
    AtomicBoolean cut = new AtomicBoolean();
    try (LabLine line = target.host().line(80, Duration.ofMillis(10));
        SshHost slow = target.over(line)) {
      RemoteFile there =
          slow.upload(
              Upload.of(path, "/srv/up/file"),
              done -> {
                progress.add(done);
                if (done.bytes() > KEPT && cut.compareAndSet(false, true)) {
                  target.cutConnections();
                }
              });
      assertThat(target.inside("sha256sum </srv/up/file")).startsWith(there.sha256());
    }
    assertThat(cut).isTrue();
    // Begun twice; what the host had by then was not sent again.
    List<Long> starts =
        progress.stream().map(TransferProgress::bytes).filter(bytes -> bytes == 0).toList();
    assertThat(starts).hasSize(2);
    int again = progress.stream().map(TransferProgress::bytes).toList().lastIndexOf(0L);
    assertThat(progress.get(again + 1).bytes()).isGreaterThan(1 << 20);
  }

  @Test
  void upload_sameFileTwiceAtOnce_bothEndRight() {
    List<CompletableFuture<RemoteFile>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(CompletableFuture.supplyAsync(this::uploaded, w -> Blocking.daemon("up", w)));
    }
    for (CompletableFuture<RemoteFile> each : both) {
      String digest = each.join().sha256();
      assertThat(target.inside("sha256sum </srv/up/file")).startsWith(digest);
    }
  }

  @ParameterizedTest
  @EnumSource(Packing.class)
  void upload_slowLine_isPackedByWhatTheHostHas(Packing packing) {
    List<String> missing = new ArrayList<>(List.of("zstd", "gzip"));
    missing.remove(packing.program());
    if (packing == Packing.ZSTD) {
      missing.clear();
    }
    missing.forEach(program -> target.inside("chmod a-x $(readlink -f /usr/bin/" + program + ")"));
    try {
      long sent = uploadOverALine();
      if (packing == Packing.NONE) {
        assertThat(sent).isGreaterThan(SIZE);
      } else {
        assertThat(sent).isLessThan(SIZE * 3L / 4);
      }
    } finally {
      missing.forEach(p -> target.inside("chmod a+x $(readlink -f /usr/bin/" + p + ")"));
    }
  }

  private void upload() {
    RemoteFile there = uploaded();
    assertThat(target.inside("sha256sum </srv/up/file")).startsWith(there.sha256());
    assertThat(target.inside("stat -c '%a %U' /srv/up/file")).isEqualTo("600 root");
  }

  private RemoteFile uploaded() {
    try (SshHost host = target.ssh()) {
      return host.upload(Upload.of(path, "/srv/up/file"), progress::add);
    }
  }

  /** {@return how many bytes went over a slow line} */
  private long uploadOverALine() {
    try (LabLine line = target.host().line(40, Duration.ofMillis(5));
        SshHost host = target.over(line)) {
      RemoteFile there = host.upload(Upload.of(path, "/srv/up/file"), progress::add);
      assertThat(target.inside("sha256sum </srv/up/file")).startsWith(there.sha256());
      return target.bytesOverLine();
    }
  }

  private String key() throws IOException {
    return LocalFile.at(path, new KnownDigests(dir), new Failures("here")).key();
  }

  private void leave(byte[] content, String mark) throws IOException {
    byte[] begin = java.util.Arrays.copyOf(content, KEPT);
    target.host().write("/srv/up/.file.part-" + key() + mark, begin, "0600");
  }
}
