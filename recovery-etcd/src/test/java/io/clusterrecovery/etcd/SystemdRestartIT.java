package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real systemd restarts a unit, whether it runs or not, and is believed once it is active. */
class SystemdRestartIT {

  @Test
  void restart_unitThatRunsOrNot_isActiveWithANewInvocationWhenItReturns() {
    try (EtcdLab lab = EtcdLab.of("one")) {
      LabHost host = lab.lab.host("one");
      try (SshHost ssh = lab.ssh(host)) {
        assertRestarted(host, ssh);
        host.run("systemctl", "stop", "etcd").orThrow();
        assertRestarted(host, ssh);
      }
    }
  }

  private static void assertRestarted(LabHost host, SshHost ssh) {
    String before = invocation(host);
    new SystemdRestart(List.of("etcd"), ssh)
        .prepare(Plan.of("restore", "one"))
        .accept(RunContext.standalone());

    assertThat(invocation(host)).isNotEmpty().isNotEqualTo(before);
    assertThat(host.run("systemctl", "is-active", "etcd").ok()).isTrue();
  }

  private static String invocation(LabHost host) {
    return host.run("systemctl", "show", "etcd", "--property=InvocationID", "--value")
        .orThrow()
        .strip();
  }
}
