package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import io.clusterrecovery.testkit.LabLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one lab host that all of them share. */
final class OneHost implements ParameterResolver {

  /** The host, and how to reach it. */
  record Target(Lab lab, LabHost host) implements AutoCloseable {

    SshHostBuilder builder() {
      return SshHost.at(host.address()).user("core");
    }

    SshHost ssh() {
      return builder().identity(lab.sshKey()).knownHosts(lab.knownHosts()).build();
    }

    SshHost over(LabLine line) {
      return SshHost.at(line.address())
          .user("core")
          .identity(lab.sshKey())
          .hostKey(host.hostKeyFingerprint())
          .build();
    }

    /** {@return how many bytes have come to the host over the line, or gone over it from there} */
    long bytesOverLine() {
      String counters = inside("sed -n 's/^ *line0: *//p' /proc/net/dev");
      String[] fields = counters.split(" +", -1);
      return Math.max(Long.parseLong(fields[0]), Long.parseLong(fields[8]));
    }

    SshHost knowing(Path knownHosts) {
      return builder().identity(lab.sshKey()).knownHosts(knownHosts).build();
    }

    /**
     * Makes a user.
     *
     * @param rights what sudoers lets it do as root, or nothing
     */
    SshHostBuilder user(String name, String shell, String rights) {
      inside(
          ("id %1$s >/dev/null 2>&1 || useradd -m %1$s; usermod -s %2$s %1$s; mkdir -p ~%1$s/.ssh;"
                  + " cp ~core/.ssh/authorized_keys ~%1$s/.ssh/; chown -R %1$s ~%1$s/.ssh;"
                  + " rights='%3$s'; file=/etc/sudoers.d/user-%1$s; rm -f $file;"
                  + " [ -z \"$rights\" ] || echo \"%1$s ALL=(root) $rights\" >$file")
              .formatted(name, shell, rights));
      return SshHost.at(host.address())
          .user(name)
          .identity(lab.sshKey())
          .knownHosts(lab.knownHosts());
    }

    /** Runs a script inside as root, not by SSH. */
    String inside(String script) {
      return host.script(script).orThrow();
    }

    /** Kills the server's end of every SSH connection; the listening server goes on. */
    void cutConnections() {
      host.inject(Fault.CONNECTIONS_CUT);
    }

    /** Does so a while later, in a thread of its own. */
    CompletableFuture<Void> cutAfter(int millis) {
      return CompletableFuture.runAsync(
          () -> {
            try {
              Clock.system().pause(Duration.ofMillis(millis));
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            cutConnections();
          },
          work -> Blocking.daemon("cut", work));
    }

    @Override
    public void close() {
      lab.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Target.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(OneHost.class))
        .computeIfAbsent(Target.class, key -> start());
  }

  private static Target start() {
    Lab lab = Lab.builder().start();
    return new Target(lab, lab.createBare("ssh-0"));
  }
}
