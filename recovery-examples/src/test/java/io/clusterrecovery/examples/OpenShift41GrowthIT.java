package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.EtcdMember;
import io.clusterrecovery.etcd.Membership;
import io.clusterrecovery.etcd.Signed;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One master of OpenShift 4.1 that grows to three, by stand-ins for the release's scripts. */
@Tag("full")
class OpenShift41GrowthIT {
  private static final List<String> NEW = List.of("master-1", "master-2");
  private static final String WAITING = "Waiting for certs to generate..";

  /** Downloads succeed by the proxy that the kubelet's unit names, and not without. */
  private static final String BEHIND_PROXY =
      """
      mkdir -p /etc/systemd/system/kubelet.service.d
      cat > /etc/systemd/system/kubelet.service.d/10-default-env.conf <<EOF
      [Service]
      Environment=HTTPS_PROXY=http://me:pass@proxy:3128 NO_PROXY=.svc,10.0.0.0/8,127.0.0.1
      EOF
      systemctl daemon-reload
      echo http://me:pass@proxy:3128 > /etc/lab-behind-proxy
      """;

  /** As a run of the script appends, that of a cluster that is no more. */
  private static final String EARLIER_BLOCK =
      """
      printf '\n\n#[recover]\nETCD_NAME="earlier"\nETCD_INITIAL_CLUSTER="earlier=https://earlier:2380"\n' \
        >> /etc/etcd/etcd.conf
      """;

  private static final String LEFT =
      """
      find /home/core /var/lib/cluster-recovery /etc/kubernetes \
        '(' -name etcd-client.key -o -name .recoveryconfig -o -name '*proxy' ')'
      find /var/lib/cluster-recovery -type f -perm /077
      """;

  private final List<String> issued = new ArrayList<>();

  @Test
  void during_growthInterruptedAndRunAgain_endsInThreeVotersWithoutSigner() throws Exception {
    try (GrowingLab growing = GrowingLab.to(NEW)) {
      Lab lab = growing.lab();
      NEW.forEach(name -> lab.host(name).script(BEHIND_PROXY + EARLIER_BLOCK).orThrow());
      RecoveryStep<Signed<Membership>> step = growth(growing);
      Plan plan = RunContext.standalone().plan(step);
      assertThat(plan.refusals()).as(plan.toString()).isEmpty();
      assertThat(plan.toString()).contains("http://***@proxy:3128").doesNotContain("pass");

      interruptAtTheSecond(step);

      growing.assertNoSigner();
      Signed<Membership> signed = RunContext.builder().listener(this::hear).build().carryOut(step);

      assertThat(signed.result().members())
          .filteredOn(EtcdMember::votes)
          .extracting(EtcdMember::name)
          .containsExactlyInAnyOrder(
              "etcd-member-master-0", "etcd-member-master-1", "etcd-member-master-2");
      growing.assertNoSigner();
      assertIssued(lab, signed);
      NEW.forEach(name -> assertTidy(lab.host(name)));
      assertThat(RunContext.standalone().plan(step).satisfied()).isTrue();
    }
  }

  /** Three for each new master; those of the first run were told when it took the signer away. */
  private void assertIssued(Lab lab, Signed<Membership> signed) {
    assertThat(signed.issued()).isNotEmpty();
    for (int i = 1; i <= NEW.size(); i++) {
      for (String role : List.of("server", "peer", "metric")) {
        String subject = "CN=system:etcd-%s:etcd-%d.%s,".formatted(role, i, lab.zone());
        assertThat(issued).as(subject).anyMatch(line -> line.contains(subject));
      }
    }
  }

  /** One block in etcd's configuration, no key and no password beside those of etcd itself. */
  private static void assertTidy(LabHost host) {
    assertThat(host.script("grep -c recover /etc/etcd/etcd.conf").orThrow()).isEqualTo("1");
    assertThat(host.script("cat /etc/etcd/etcd.conf").orThrow())
        .contains("ETCD_SNAPSHOT_COUNT=100000", "ETCD_NAME=\"etcd-member-" + host.name())
        .doesNotContain("earlier");
    assertThat(host.script(LEFT).orThrow()).isEmpty();
    assertThat(host.script("stat -c %a /home/core/assets").orThrow()).isEqualTo("700");
    assertThat(host.script("tail -n 1 /var/log/lab-downloads").orThrow())
        .contains("HTTPS_PROXY=http://me:pass@proxy:3128", "etcd-0.lab.test");
  }

  private void hear(Event event) {
    if (event instanceof Event.Line line && line.text().startsWith("The signer has issued ")) {
      issued.add(line.text());
    }
  }

  private void interruptAtTheSecond(RecoveryStep<Signed<Membership>> step) {
    AtomicInteger adds = new AtomicInteger();
    EventListener interrupting =
        event -> {
          hear(event);
          if (event instanceof Event.ChangeStarted e && e.change().id().contains("add-voter")) {
            adds.incrementAndGet();
          }
          if (event instanceof Event.Line line && adds.get() == 2 && line.text().equals(WAITING)) {
            Thread.currentThread().interrupt();
          }
        };
    RecoveryException interrupted =
        catchThrowableOfType(
            RecoveryException.class,
            () -> RunContext.builder().listener(interrupting).build().carryOut(step));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.code()).isEqualTo(Code.INTERRUPTED);
  }

  private static RecoveryStep<Signed<Membership>> growth(GrowingLab growing) {
    return new OpenShift41Growth(
            growing.lab().zone(), growing.etcd(), GrowingLab.SURVIVOR, growing.api(), growing::ssh)
        .by(NEW);
  }
}
