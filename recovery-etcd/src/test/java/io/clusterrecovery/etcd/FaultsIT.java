package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Upload;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.InjectedFault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabException;
import io.clusterrecovery.testkit.LabExtension;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The test kit's faults, by what a caller sees of each, and that mending it is the end of it. */
class FaultsIT {
  @RegisterExtension
  static final LabExtension LAB =
      LabExtension.of(Lab.builder().hosts("a").etcd(LabBuilder.ETCD_VERSION));

  private static final String FOLDER = "/srv/faults";
  private static final String FINE = "fine";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static EtcdLab lab;
  private static LabHost host;

  @TempDir Path dir;

  @BeforeAll
  static void start(Lab up, LabHost a) {
    lab = EtcdLab.in(up);
    host = a;
    host.script("mkdir " + FOLDER + "; echo old >" + FOLDER + "/file").orThrow();
  }

  /** What is asked of the host: an answer, or what is thrown. */
  private interface Ask {
    String of(FaultsIT test) throws IOException;
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        row(Fault.POWER_OFF, FaultsIT::command, Code.HOST_UNREACHABLE),
        row(Fault.NETWORK_CUT, FaultsIT::command, Code.HOST_UNREACHABLE),
        row(Fault.SSHD_STOPPED, FaultsIT::command, Code.HOST_UNREACHABLE),
        row(Fault.ETCD_HUNG, FaultsIT::etcd, EtcdCallException.Kind.NO_ANSWER),
        row(Fault.ETCD_CRASHING, FaultsIT::etcd, EtcdCallException.Kind.NO_ANSWER),
        row(Fault.portSilent(2379), FaultsIT::etcd, EtcdCallException.Kind.NO_ANSWER),
        row(Fault.RESOLVER_SILENT, FaultsIT::names, "exit status 2"),
        row(Fault.diskFull(FOLDER), FaultsIT::upload, Code.DISK_FULL),
        row(Fault.readOnly(FOLDER), FaultsIT::upload, Code.READ_ONLY));
  }

  private static Arguments row(Fault fault, Ask ask, Object seen) {
    return Arguments.of(fault, ask, seen.toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void inject_fault_isSeenAndMended(Fault fault, Ask ask, String seen) throws IOException {
    InjectedFault injected = host.inject(fault);
    try (injected) {
      assertThat(injected).hasToString(fault + " at a");
      assertThat(ask.of(this)).isEqualTo(seen);
    }
    assertThat(injected).hasToString(fault + " at a (mended)");
    await(ask);
    assertThat(host.run("cat", FOLDER + "/file").orThrow()).isEqualTo("old");
    assertThat(host.script("ls -d /run/lab-fault.* 2>/dev/null || :").orThrow()).isEmpty();
  }

  @Test
  void inject_etcdKilled_anotherProcessServes() throws IOException {
    await(FaultsIT::etcd);
    String before = host.run("pgrep", "-x", "etcd").orThrow();
    host.inject(Fault.ETCD_KILLED).close();
    await(FaultsIT::etcd);
    assertThat(host.run("pgrep", "-x", "etcd").orThrow()).isNotEqualTo(before);
  }

  @Test
  void inject_connectionsCut_breaksWhatIsUnderWayAndTheNextCommandRuns() {
    try (SshHost ssh = lab.ssh(host)) {
      CompletableFuture<?> running =
          CompletableFuture.supplyAsync(() -> ssh.run(Command.of("sleep", "4713")));
      host.script("until pgrep -f '^sleep 4713'; do sleep 0.05; done").orThrow();
      host.inject(Fault.CONNECTIONS_CUT);
      assertThatThrownBy(running::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .extracting("code")
          .isEqualTo(Code.CONNECTION_LOST);
      assertThat(ssh.run(Command.of("true")).succeeded()).isTrue();
    }
  }

  @Test
  void inject_noApiServerThere_saysSo() {
    assertThatThrownBy(() -> host.inject(Fault.API_SERVER_KILLED)).isInstanceOf(LabException.class);
  }

  private String command() {
    return ssh(Command.of("true"));
  }

  private String names() {
    return ssh(Command.of("getent", "hosts", "etcd-0.lab.test"));
  }

  private String etcd() {
    try (EtcdClient client = lab.cluster(host).connect(lab.lab.etcd().endpoint(host))) {
      client.linearizableRead();
      return FINE;
    } catch (EtcdCallException e) {
      return e.kind().toString();
    }
  }

  private String upload() throws IOException {
    Path file = Files.write(dir.resolve("file"), new byte[2 << 20]);
    try (SshHost ssh = lab.ssh(host)) {
      ssh.upload(Upload.of(file, FOLDER + "/new"), progress -> {});
      return FINE;
    } catch (RecoveryException e) {
      return e.code().toString();
    }
  }

  private static String ssh(Command command) {
    try (SshHost ssh = lab.ssh(host)) {
      int status = ssh.run(command).exitStatus();
      return status == 0 ? FINE : "exit status " + status;
    } catch (RecoveryException e) {
      return e.code().toString();
    }
  }

  private void await(Ask ask) {
    RunContext.standalone()
        .await(
            Wait.named("all is well again", LIMIT),
            () -> {
              String answer = answer(ask);
              return answer.equals(FINE) ? Poll.done(answer) : Poll.notYet(answer);
            });
  }

  private String answer(Ask ask) {
    try {
      return ask.of(this);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
