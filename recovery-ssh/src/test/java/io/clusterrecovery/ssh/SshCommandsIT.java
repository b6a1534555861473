package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Secret;
import io.clusterrecovery.StepFailedException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is SSH's own; the rest is in {@link SshHostContractIT}. */
@ExtendWith(OneHost.class)
class SshCommandsIT {
  private final OneHost.Target target;
  private final SshHost host;

  SshCommandsIT(OneHost.Target target) {
    this.target = target;
    this.host = target.ssh();
  }

  @AfterEach
  void close() {
    host.close();
  }

  @BeforeEach
  void nothingYet() {
    assertThat(host.toString()).endsWith("not connected");
  }

  @Test
  void run_asLogin_isTheLogin() {
    assertThat(host.run(Command.of("id", "-un")).text()).isEqualTo("core");
  }

  @Test
  void run_stdin_arrivesWholeAndIsInNoProcessList() {
    Secret secret = Secret.of("hidden-" + "4711");
    // The pattern is put together on the host, so that no argument holds it.
    String look =
        "cat; pattern=$(printf hidden-%s 4711);"
            + " printf '|'; cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\0' '\\n'"
            + " >/tmp/seen; grep -c \"$pattern\" /tmp/seen; rm /tmp/seen";
    CommandResult result = host.run(Command.of("sh", "-c", look).asRoot().stdin(secret));
    assertThat(result.out()).isEqualTo("hidden-4711|0\n");
  }

  @Test
  void run_killedBySignal_gives128AndTheSignal() {
    CommandResult told = host.run(Command.of("sh", "-c", "kill -TERM $$"));
    assertThat(told.signal()).isEqualTo("TERM");
    assertThat(told.exitStatus()).isEqualTo(143);
    CommandResult bySudo = host.run(Command.of("sh", "-c", "kill -KILL $$").asRoot());
    assertThat(bySudo.signal()).isEqualTo("KILL");
    assertThat(bySudo.exitStatus()).isEqualTo(137);
    CommandResult itself = host.run(Command.of("sh", "-c", "exit 143"));
    assertThat(itself.signal()).isNull();
    assertThat(itself.exitStatus()).isEqualTo(143);
  }

  @Test
  void run_muchOutputOnBothStreams_keepsTheEnd() {
    String script = "seq 1 2000000; seq 1 2000000 >&2";
    CommandResult result = host.run(Command.of("sh", "-c", script));
    assertThat(result.dropped()).isEqualTo(2 * (14_888_896L - Tail.LIMIT));
    assertThat(result.out()).hasSize(Tail.LIMIT).endsWith("\n1999999\n2000000\n");
    assertThat(result.err()).hasSize(Tail.LIMIT).endsWith("\n1999999\n2000000\n");
  }

  @Test
  void run_connectionCutMeanwhile_isLost_andTheNextConnectsAgain() {
    CompletableFuture<CommandResult> running =
        CompletableFuture.supplyAsync(() -> host.run(Command.of("sleep", "30.5")));
    Eventually.holds("it runs", () -> target.host().run("pgrep", "-f", "^sleep 30.5").ok());
    target.cutConnections();
    assertThatThrownBy(running::join)
        .cause()
        .isInstanceOf(StepFailedException.class)
        .extracting("code")
        .isEqualTo(Code.CONNECTION_LOST);
    assertThat(host.run(Command.of("echo", "back")).text()).isEqualTo("back");
    target.inside("pkill -f '^sleep 30.5' || :");
  }

  @Test
  void run_idleConnectionCut_connectsAgainUnnoticed() {
    host.connect();
    target.cutConnections();
    assertThat(host.run(Command.of("echo", "back")).text()).isEqualTo("back");
  }

  @Test
  void run_manyAtOnce_allEndRight() {
    var all =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> host.run(Command.of("sh", "-c", "sleep 0.1; echo " + i)).text(),
                        task -> Blocking.daemon("test", task)))
            .toList();
    assertThat(all.stream().map(CompletableFuture::join))
        .containsExactlyElementsOf(IntStream.range(0, 24).mapToObj(Integer::toString).toList());
  }
}
