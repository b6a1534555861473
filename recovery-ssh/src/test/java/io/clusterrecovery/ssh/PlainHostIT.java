package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import io.clusterrecovery.Upload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host where nothing can be found but a POSIX shell and coreutils. */
@ExtendWith(OneHost.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainHostIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final OneHost.Target target;
  private final LocalHost host;

  PlainHostIT(OneHost.Target target) {
    this.target = target;
    List<String> way = new ArrayList<>(target.host().inside("root"));
    way.addAll(List.of("env", "PATH=/opt/plain"));
    this.host = new LocalHost(new LocalShell("root", new File("/"), way), null, Clock.system());
  }

  @BeforeAll
  void hideAllElse() {
    target.inside(
        "mkdir -p /opt/plain; ln -sf /bin/dash /opt/plain/sh;"
            + " for f in $(dpkg -L coreutils | grep bin/); do ln -sf $f /opt/plain/; done");
    assertThat(host.run(Command.of("sh", "-c", "command -v setsid grep systemd-run sed")).out())
        .isEmpty();
  }

  @AfterAll
  void showAllAgain() {
    host.close();
    target.inside("rm -r /opt/plain");
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(target.inside("ls -A /var/lib/cluster-recovery")).isEmpty();
  }

  @Test
  void start_runsOnceAndEndsRight() {
    String slow = "cat; echo; sleep 0.5; echo end; exit 4";
    Command command = Command.of("sh", "-c", slow).stdin(Secret.of("hidden")).in("/tmp");
    DetachedCommand job = host.start("plain", command.env("A", "b c"));
    CommandResult result = job.follow(0, LIMIT, line -> {});
    assertThat(result.out()).isEqualTo("hidden\nend\n");
    assertThat(result.exitStatus()).isEqualTo(4);
    assertThat(host.start("plain", Command.of("false")).result()).hasValue(result);
    job.remove();
  }

  @Test
  void stop_endsWhatItStarted() {
    String spawning = "(sleep 801 & sleep 802) & trap '' TERM; sleep 803; sleep 804";
    DetachedCommand job = host.start("spawning", Command.of("sh", "-c", spawning));
    Eventually.holds("all run", () -> target.inside("pgrep -fc '^sleep 80' || :").equals("3"));
    job.stop();
    assertThat(target.inside("pgrep -fa 'sleep 80' || :")).isEmpty();
    assertThat(job.result()).isPresent();
    job.remove();
  }

  @Test
  void files_goThereAndBack(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "content");
    host.upload(Upload.of(file, "/root/plain/file").owner("core:core"), progress -> {});
    assertThat(target.inside("stat -c '%a %U:%G' /root/plain/file")).isEqualTo("600 core:core");
    host.download("/root/plain/file", dir.resolve("back"), progress -> {});
    assertThat(dir.resolve("back")).hasContent("content");
    assertThat(host.read("/root/plain/file")).hasValue("content".getBytes(UTF_8));
    Upload unknown = Upload.of(file, "/root/plain/other").owner("core:nobodys");
    assertThatThrownBy(() -> host.upload(unknown, progress -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nobodys");
    target.inside("rm -r /root/plain");
  }
}
