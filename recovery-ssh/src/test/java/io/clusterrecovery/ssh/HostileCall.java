package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.Upload;
import java.nio.file.Path;
import java.time.Duration;

/** What is asked of a host in {@link HostileHostsIT}; where it is done, it is done whole. */
enum HostileCall {
  RUN("test -e /root/by-run") {
    @Override
    void on(SshHost host, Path file) {
      CommandResult result = host.run(printing("/root/by-run"));
      assertThat(result.out()).isEqualTo("out\n");
      assertThat(result.err()).isEqualTo("err\n");
      assertThat(result.exitStatus()).isEqualTo(3);
    }
  },
  START("test -e /root/by-start") {
    @Override
    void on(SshHost host, Path file) {
      DetachedCommand job = host.start("hostile", printing("/root/by-start"));
      CommandResult result = job.follow(0, Duration.ofSeconds(30), line -> {});
      job.remove();
      assertThat(result.out()).isEqualTo("out\nerr\n");
      assertThat(result.exitStatus()).isEqualTo(3);
    }
  },
  UPLOAD("grep -q new " + HostileCall.PLACE) {
    @Override
    void on(SshHost host, Path file) {
      host.upload(Upload.of(file, PLACE), progress -> {});
      assertThat(host.read(PLACE)).hasValue("new\n".getBytes(UTF_8));
      Path back = file.resolveSibling("back");
      host.download(PLACE, back, progress -> {});
      assertThat(back).hasSameBinaryContentAs(file);
    }
  };

  static final String FOLDER = "/srv/hostile";
  static final String PLACE = FOLDER + "/file";

  private final String seen;

  HostileCall(String seen) {
    this.seen = seen;
  }

  abstract void on(SshHost host, Path file);

  /** {@return what succeeds on the host if it was done} */
  String seen() {
    return seen;
  }

  private static Command printing(String made) {
    return Command.of("sh", "-c", "echo out; echo err >&2; touch " + made + "; exit 3").asRoot();
  }
}
