package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server's end of the connection is killed at any moment of an upload. */
@ExtendWith(OneHost.class)
class UploadCutIT {
  private static final Random RANDOM = new Random();
  private static final int SIZE = 16 << 20;
  private static final int LONGEST_MILLIS = 500;

  @TempDir Path dir;
  private final OneHost.Target target;

  UploadCutIT(OneHost.Target target) {
    this.target = target;
  }

  @AfterEach
  void remove() {
    target.inside("rm -rf /srv/cut");
  }

  @RepeatedTest(20)
  void upload_cutAtAnyMoment_endsRightAtOnce() throws IOException {
    uploadAndCut();
  }

  @Tag("full")
  @RepeatedTest(180)
  void upload_cutAtAnyMomentManyMoreTimes_endsRightAtOnce() throws IOException {
    uploadAndCut();
  }

  private void uploadAndCut() throws IOException {
    byte[] content = new byte[SIZE];
    RANDOM.nextBytes(content);
    Path file = Files.write(dir.resolve("file"), content);
    try (SshHost host = target.ssh()) {
      host.connect();
      CompletableFuture<Void> cutting = target.cutAfter(RANDOM.nextInt(LONGEST_MILLIS));
      RemoteFile there = host.upload(Upload.of(file, "/srv/cut/file"), progress -> {});
      cutting.join();
      assertThat(there.sha256()).isEqualTo(LocalFiles.sha256(file, new Failures("here")));
    }
    assertThat(target.inside("cd /srv/cut; sha256sum <file; stat -c '%a %U' file"))
        .isEqualTo(LocalFiles.sha256(file, new Failures("here")) + "  -\n600 root");
    Eventually.holds("nothing is left", () -> target.inside("ls -A /srv/cut").equals("file"));
  }
}
