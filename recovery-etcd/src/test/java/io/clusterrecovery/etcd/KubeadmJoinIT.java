package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.ConsoleProgress;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabBuilder;
import io.clusterrecovery.testkit.LabHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A control plane of one, made by kubeadm, that a second host joins. */
@Tag("full")
class KubeadmJoinIT {
  private static final String LEFT =
      """
      ls -d /run/cluster-recovery-join.yaml /etc/kubernetes/*.conf /var/lib/etcd/member \
        /etc/kubernetes/manifests/*.yaml /var/lib/cluster-recovery/jobs/kubeadm-join-* 2>/dev/null
      pgrep -x etcd; pgrep -x kubeadm; true
      """;

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  void expand_joinThatFails_isUndoneAndTheNextOneVotes() throws Exception {
    try (EtcdLab lab = EtcdLab.byKubeadm(LabBuilder.ETCD_VERSION, "master-0")) {
      LabHost first = lab.lab.host("master-0");
      LabHost second = lab.lab.create("master-1");
      try (SshHost ssh = lab.ssh(second)) {
        String before = lab.etcdctl(List.of(first), "member", "list");
        String broken =
            lab.lab
                .joinConfiguration(second, first)
                .replaceFirst("certificateKey: .*", "certificateKey: " + "0".repeat(64));

        RecoveryException failure =
            catchThrowableOfType(RecoveryException.class, () -> expand(lab, second, ssh, broken));

        assertThat(failure).isNotNull().isNotInstanceOf(RefusedException.class);
        assertThat(failure.code()).isEqualTo(Code.ETCD_UNREACHABLE);
        assertThat(failure.getMessage()).contains("kubeadm join ended with exit status");
        assertThat(lab.etcdctl(List.of(first), "member", "list")).isEqualTo(before);
        assertThat(second.script(LEFT).orThrow()).isEmpty();

        String right = lab.lab.joinConfiguration(second, first);
        Membership grown = expand(lab, second, ssh, right);

        assertThat(grown.voters()).isEqualTo(2);
        assertThat(grown.members()).extracting(EtcdMember::name).contains("master-1");
        assertThat(lab.hashes(List.of(first, second))).hasSize(1);
        assertThat(told.toString(UTF_8))
            .doesNotContain(value(right, "token"), value(right, "certificateKey"));
      }
    }
  }

  /** The program dies where kubeadm is about to run, runs, or has voted; then it is run again. */
  @Test
  void expand_killedAndRunAgain_endsInTheSameMembership() throws Exception {
    try (EtcdLab lab = EtcdLab.byKubeadm(LabBuilder.ETCD_VERSION, "master-0")) {
      LabHost second = lab.lab.create("master-1");
      try (SshHost ssh = lab.ssh(second)) {
        CrashPoint none = CrashPoint.never();
        String configuration = lab.lab.joinConfiguration(second, lab.lab.host("master-0"));
        leave(lab, expander(lab, none, second, ssh, configuration).expand(), ssh);
        crashAndRunAgain(CrashPoint.behind("add"), lab, second, ssh);
        crashAndRunAgain(CrashPoint.behind("start"), lab, second, ssh);
        int late = none.calls() * 3 / 4;
        crashAndRunAgain(new CrashPoint(late, CrashingHost.When.AFTER), lab, second, ssh);
      }
    }
  }

  private void crashAndRunAgain(CrashPoint point, EtcdLab lab, LabHost second, SshHost ssh)
      throws Exception {
    LabHost first = lab.lab.host("master-0");
    String configuration = lab.lab.joinConfiguration(second, first);
    assertThat(catchThrowable(() -> expander(lab, point, second, ssh, configuration).expand()))
        .as("%s", point)
        .hasStackTraceContaining("dead: ");

    Membership grown = expand(lab, second, ssh, configuration);

    assertThat(grown.members())
        .as("%s", point)
        .extracting(EtcdMember::name)
        .containsExactlyInAnyOrder("master-0", "master-1");
    assertThat(grown.voters()).as("%s", point).isEqualTo(2);
    assertThat(lab.hashes(List.of(first, second))).hasSize(1);
    leave(lab, grown, ssh);
  }

  /** Makes the second host as it was, and the cluster one of the first alone. */
  private static void leave(EtcdLab lab, Membership grown, SshHost ssh) {
    KubeadmJob job = new KubeadmJob(ssh, "master-1");
    job.stop();
    lab.remove(grown, "master-1", lab.lab.host("master-0"));
    job.reset();
    lab.lab.host("master-1").script("rm -rf /var/lib/etcd").orThrow();
  }

  private static MemberExpander expander(
      EtcdLab lab, CrashPoint point, LabHost host, SshHost ssh, String configuration) {
    return MemberExpander.on(point.on(lab.cluster(lab.lab.host("master-0"))))
        .add(host.name(), EtcdLab.peer(host), point.on(RemoteHost.class, ssh))
        .starter(KubeadmJoin.configuredBy(member -> Secret.of(configuration)))
        .build();
  }

  private Membership expand(EtcdLab lab, LabHost host, SshHost ssh, String configuration) {
    MemberExpander expander = expander(lab, CrashPoint.never(), host, ssh, configuration);
    return RunContext.builder()
        .listener(ConsoleProgress.to(new PrintStream(told, true, UTF_8)))
        .build()
        .carryOut(expander);
  }

  private static String value(String configuration, String key) {
    return configuration
        .lines()
        .filter(line -> line.strip().startsWith(key + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }
}
