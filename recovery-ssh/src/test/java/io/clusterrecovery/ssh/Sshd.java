package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Command;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.ssh.OneHost.Target;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** One more SSH server in the lab host, with host keys of its own, and what was run through it. */
final class Sshd implements AutoCloseable {
  private static final Command TOUCH = Command.of("touch", "/tmp/was-run-through-sshd");

  private final Target target;
  private final int port;

  private Sshd(Target target, int port) {
    this.target = target;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param keys the files of its host keys, as {@link #newKey} gives them
   * @param options lines of its configuration
   */
  static Sshd start(Target target, int port, List<String> keys, String... options) {
    String lines =
        keys.stream().map(k -> "HostKey " + k + "\n").collect(Collectors.joining())
            + String.join("\n", options);
    target.inside(
        """
        mkdir -p /run/sshd /tmp/sshd && rm -f /tmp/was-run-through-sshd
        printf 'Port %d\nPidFile /run/sshd-%d.pid\nUsePAM yes\n%s\n' >/tmp/sshd/%d.conf
        /usr/sbin/sshd -f /tmp/sshd/%d.conf
        i=0; until nc -z 127.0.0.1 %d; do i=$((i+1)); [ $i -lt 100 ] || exit 9; sleep 0.05; done
        """
            .replace("%s", lines)
            .replace("%d", String.valueOf(port)));
    return new Sshd(target, port);
  }

  /** {@return the file of a new private key inside} */
  static String newKey(Target target, String type) {
    return target
        .inside(
            """
            mkdir -p /tmp/sshd; key=$(mktemp -u /tmp/sshd/key-XXXXXX)
            ssh-keygen -q -t %s -N '' -f $key && echo $key
            """
                .formatted(type))
        .strip();
  }

  /** {@return type and key, as known_hosts has them} */
  static String publicKey(Target target, String key) {
    return target.inside("cut -d' ' -f1,2 " + key + ".pub").strip();
  }

  static String fingerprint(Target target, String key) {
    return target.inside("ssh-keygen -l -f " + key + ".pub").split(" ", -1)[1];
  }

  SshHostBuilder builder() {
    return target.builder().port(port).identity(target.lab().sshKey());
  }

  /** The name that known_hosts has for it. */
  String name() {
    return "[" + target.host().address() + "]:" + port;
  }

  /** Runs something through it, which must be done. */
  static void assertTrusted(SshHostBuilder builder) {
    try (SshHost host = builder.build()) {
      assertThat(host.run(Command.of("echo", "through")).text()).isEqualTo("through");
    }
  }

  /** Runs something through it, which must be refused and not be done. */
  RefusedException refused(SshHostBuilder builder) {
    try (SshHost host = builder.connectLimit(Duration.ofSeconds(5)).build()) {
      return refused(host);
    }
  }

  RefusedException refused(SshHost host) {
    RefusedException refused =
        Assertions.catchThrowableOfType(RefusedException.class, () -> host.run(TOUCH));
    assertThat(refused).isNotNull();
    assertThat(target.host().run("test", "-e", "/tmp/was-run-through-sshd").ok()).isFalse();
    return refused;
  }

  /** Ends the server and every connection to it. */
  @Override
  public void close() {
    target.inside(
        """
        pid=$(cat /run/sshd-%d.pid)
        for child in $(pgrep -P $pid); do pkill -KILL -P $child; kill -KILL $child; done
        kill -KILL $pid; rm -f /run/sshd-%d.pid
        """
            .replace("%d", String.valueOf(port)));
  }
}
