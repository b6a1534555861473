package io.clusterrecovery.ssh;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one lab host that all of them share. */
final class OneHost implements ParameterResolver {

  /** The host, and how to reach it. */
  record Target(Lab lab, LabHost host) implements AutoCloseable {

    SshHost.Builder builder() {
      return SshHost.at(host.address()).user("core");
    }

    SshHost ssh() {
      return builder().identity(lab.sshKey()).knownHosts(lab.knownHosts()).build();
    }

    SshHost knowing(Path knownHosts) {
      return builder().identity(lab.sshKey()).knownHosts(knownHosts).build();
    }

    /** Runs a script inside as root, not by SSH. */
    String inside(String script) {
      return host.script(script).orThrow();
    }

    /** Kills the server's end of every SSH connection; the listening server goes on. */
    void cutConnections() {
      inside("pkill -KILL -f '^sshd: core' || :");
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
