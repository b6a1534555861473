package io.clusterrecovery.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.DetachedCommand.OutputLine;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteFile;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract of a host asks, without a shell; of tunnels, all of it. */
class FakeHostTest implements TunnelContract {
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir Path dir;
  private final FakeHost host = FakeHost.named("10.0.0.4");
  private ServerSocket sshd;

  @BeforeEach
  void serve() throws IOException {
    sshd = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::greetAll);
    server.setDaemon(true);
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    sshd.close();
  }

  @Override
  public RemoteHost openHost() {
    return FakeHost.named("any").listens("127.0.0.1", 22, sshd.getLocalPort());
  }

  private void greetAll() {
    while (!sshd.isClosed()) {
      try (Socket client = sshd.accept()) {
        client.getOutputStream().write("SSH-2.0-fake\r\n".getBytes(US_ASCII));
        if (client.getInputStream().readNBytes("hello\r\n".length()).length > 0) {
          client.getOutputStream().write("Invalid SSH identification\r\n".getBytes(US_ASCII));
        }
      } catch (IOException e) {
        // The test has ended, or a client has.
      }
    }
  }

  @Test
  void run_commandWithARule_isAnsweredByTheLatestThatFits() {
    host.on("systemctl").fails(3, "inactive\n");
    host.on("sudo systemctl is-active etcd").prints("active\n");
    CommandResult root = host.run(Command.of("systemctl", "is-active", "etcd").asRoot());
    assertThat(root.out()).isEqualTo("active\n");
    CommandResult login = host.run(Command.of("systemctl", "is-active", "etcd"));
    assertThat(login.exitStatus()).isEqualTo(3);
    assertThat(login.err()).isEqualTo("inactive\n");
    assertThat(host.texts())
        .containsExactly("sudo systemctl is-active etcd", "systemctl is-active etcd");
  }

  @Test
  void run_commandWithoutARule_isAResultThatNamesIt() {
    CommandResult result = host.run(Command.of("reboot").asRoot());
    assertThat(result.exitStatus()).isEqualTo(127);
    assertThat(result.err()).isEqualTo("no rule of 10.0.0.4 fits: sudo reboot\n");
  }

  @Test
  void run_ruleThatActs_seesTheWholeCommand() {
    host.on("tee").does(c -> new CommandResult(0, c.environment().toString(), "", Duration.ZERO));
    assertThat(host.run(Command.of("tee").env("WHO", "me")).text()).isEqualTo("{WHO=me}");
  }

  @Test
  void run_commandThatHangs_timesOutAtOnce() {
    host.on("sleep").hangs();
    assertThatThrownBy(() -> host.run(Command.of("sleep", "9")))
        .isInstanceOf(TimedOutException.class);
  }

  @Test
  void unreachable_anyCall_isRefusedUntilItIsBack() {
    host.file("/a", "b").unreachable(true);
    for (Runnable call : List.<Runnable>of(() -> host.read("/a"), () -> host.find("job"))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(RefusedException.class)
          .extracting("code")
          .isEqualTo(Code.HOST_UNREACHABLE);
    }
    assertThat(host.unreachable(false).read("/a")).isPresent();
  }

  @Test
  void breakingAt_thatCall_isDoneThoughTheCallerDoesNotKnow() {
    host.on("echo").prints("done\n");
    host.breakingAt(2);
    host.run(Command.of("echo", "1"));
    assertThatThrownBy(() -> host.run(Command.of("echo", "2")))
        .isInstanceOf(StepFailedException.class)
        .extracting("code")
        .isEqualTo(Code.CONNECTION_LOST);
    assertThat(host.run(Command.of("echo", "3")).succeeded()).isTrue();
    assertThat(host.texts()).containsExactly("echo 1", "echo 2", "echo 3");
  }

  @Test
  void start_sameNameAgain_runsOnceAndIsFollowedFromWhereOneLeftOff() {
    host.on("restore").does(c -> new CommandResult(3, "one\nzwö\n", "err\n", Duration.ZERO));
    DetachedCommand job = host.start("job", Command.of("restore"));
    assertThat(host.start("job", Command.of("restore")).result()).isEqualTo(job.result());
    assertThat(host.commands()).hasSize(1);
    List<OutputLine> lines = new ArrayList<>();
    assertThat(job.follow(4, SOON, lines::add).exitStatus()).isEqualTo(3);
    assertThat(lines).containsExactly(new OutputLine("zwö", 9), new OutputLine("err", 13));
    job.remove();
    job.remove();
    assertThat(host.find("job")).isEmpty();
  }

  @Test
  void start_commandThatHangs_runsUntilItIsStopped() {
    host.on("restore").hangs();
    DetachedCommand job = host.start("job", Command.of("restore"));
    assertThat(job.result()).isEmpty();
    assertThatThrownBy(() -> job.follow(0, SOON, line -> {})).isInstanceOf(TimedOutException.class);
    assertThatThrownBy(job::remove).extracting("code").isEqualTo(Code.STILL_RUNNING);
    job.stop();
    assertThat(job.result()).hasValueSatisfying(r -> assertThat(r.succeeded()).isFalse());
    job.remove();
  }

  @Test
  void start_nameThatIsNone_isRefusedAtOnce() {
    for (String name : List.of("", ".", "..", "a/b", "a b", "x".repeat(101))) {
      assertThatThrownBy(() -> host.start(name, Command.of("true")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void upload_fileAndBack_isTheSame() throws IOException {
    Path file = Files.writeString(dir.resolve("local"), "content");
    RemoteFile there = host.upload(Upload.of(file, "/srv/file"), progress -> {});
    assertThat(there)
        .isEqualTo(new RemoteFile("/srv/file", 7, TestDigests.sha256("content".getBytes(UTF_8))));
    assertThat(host.download("/srv/file", dir.resolve("back"), progress -> {})).isEqualTo(there);
    assertThat(dir.resolve("back")).hasContent("content");
    assertThat(Files.getPosixFilePermissions(dir.resolve("back"))).hasSize(2);
    assertThat(host.paths()).containsExactly("/srv/file");
  }

  @Test
  void files_whatIsNone_isRefused() throws IOException {
    Path file = Files.writeString(dir.resolve("local"), "content");
    host.file("/srv/folder/file", "x").file("/large", "x".repeat((1 << 20) + 1));
    assertThat(host.read("/absent")).isEmpty();
    for (Runnable call :
        List.<Runnable>of(
            () -> host.read("/srv/folder"),
            () -> host.read("/large"),
            () -> host.upload(Upload.of(file, "/srv/folder"), progress -> {}),
            () -> host.upload(Upload.of(dir.resolve("none"), "/srv/x"), progress -> {}),
            () -> host.download("/no/such/file", dir.resolve("x"), progress -> {}))) {
      assertThatThrownBy(call::run).isInstanceOf(RefusedException.class);
    }
    assertThat(dir.resolve("x")).doesNotExist();
  }

  @Test
  void close_again_doesNothingAndAClosedHostRunsNothing() {
    host.close();
    host.close();
    assertThatThrownBy(() -> host.run(Command.of("true")))
        .isInstanceOf(IllegalStateException.class);
  }
}
