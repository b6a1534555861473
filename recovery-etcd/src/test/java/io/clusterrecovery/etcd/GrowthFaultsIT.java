package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host that dies while etcd grows, on real hosts. */
@Tag("full")
class GrowthFaultsIT {

  @Test
  void expand_newHostDiesBetweenAddAndStart_isUndone() throws Exception {
    try (EtcdLab lab = EtcdLab.of("one")) {
      LabHost first = lab.lab.host("one");
      LabHost second = lab.lab.create("two");
      String before = lab.etcdctl(List.of(first), "member", "list");
      try (SshHost ssh = ssh(lab, second)) {
        RemoteHost dying =
            CrashingHost.once(
                ssh, "90-cluster-recovery.env", CrashingHost.When.BEFORE, second::powerOff);

        RecoveryException failure =
            catchThrowableOfType(
                RecoveryException.class,
                () ->
                    MemberExpander.on(lab.cluster(first))
                        .add("two", URI.create("https://" + second.address() + ":2380"), dying)
                        .build()
                        .expand());

        assertThat(failure).isNotNull().isNotInstanceOf(RefusedException.class);
        assertThat(failure.getMessage()).contains("does not list two any more");
      }
      assertThat(lab.etcdctl(List.of(first), "member", "list")).isEqualTo(before);
    }
  }

  private static SshHost ssh(EtcdLab lab, LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(lab.lab.sshKey())
        .knownHosts(lab.lab.knownHosts())
        .connectLimit(Duration.ofSeconds(3))
        .reconnectLimit(Duration.ofSeconds(3))
        .build();
  }
}
