package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.etcd.EtcdMember;
import io.clusterrecovery.etcd.Membership;
import io.clusterrecovery.etcd.Signed;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.k8s.KubeSignerPods;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One master of OpenShift 4.1 that grows to three, by stand-ins for the release's scripts. */
@Tag("full")
class OpenShift41GrowthIT {
  private static final List<String> NEW = List.of("master-1", "master-2");
  private static final String WAITING = "Waiting for certs to generate..";

  private final Map<String, SshHost> connections = new HashMap<>();

  @Test
  void during_growthInterruptedAndRunAgain_endsInThreeVotersWithoutSigner() throws Exception {
    try (Lab lab = Lab.builder().hosts("master-0").openShift41(true).aws(false).start()) {
      ApiClient api = LabApi.client(lab.kubeconfig());
      NEW.forEach(lab::create);
      writeRecords(lab);
      approve(lab, api);
      SignerPods pods = KubeSignerPods.on(api);
      RecoveryStep<Signed<Membership>> step = growth(lab, api);
      Plan plan = RunContext.standalone().plan(step);
      assertThat(plan.refusals()).as(plan.toString()).isEmpty();

      interruptAtTheSecond(step);

      assertThat(pods.find(RunContext.standalone())).isEmpty();
      Signed<Membership> signed = RunContext.standalone().carryOut(step);

      assertThat(signed.result().members())
          .filteredOn(EtcdMember::votes)
          .extracting(EtcdMember::name)
          .containsExactlyInAnyOrder(
              "etcd-member-master-0", "etcd-member-master-1", "etcd-member-master-2");
      assertThat(pods.find(RunContext.standalone())).isEmpty();
    } finally {
      connections.values().forEach(SshHost::close);
    }
  }

  private static void interruptAtTheSecond(RecoveryStep<Signed<Membership>> step) {
    AtomicInteger adds = new AtomicInteger();
    EventListener interrupting =
        event -> {
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

  /** As if all of them had been there before. */
  private static void writeRecords(Lab lab) throws IOException {
    Path folder = lab.directory().resolve("services");
    StringBuilder hosts = new StringBuilder();
    StringBuilder services = new StringBuilder();
    for (int i = 1; i <= NEW.size(); i++) {
      String name = "etcd-%d.%s".formatted(i, lab.zone());
      hosts.append(lab.host(NEW.get(i - 1)).address()).append(' ').append(name).append('\n');
      services.append(
          "srv-host=_etcd-server-ssl._tcp.%s,%s,2380,0,10\n".formatted(lab.zone(), name));
    }
    append(folder.resolve("zone.hosts"), hosts.toString());
    append(folder.resolve("zone.conf"), services.toString());
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, UTF_8, StandardOpenOption.APPEND);
  }

  private static void approve(Lab lab, ApiClient api) {
    CsrApprover.Builder approver = CsrApprover.on(api).createdAfter(Instant.EPOCH);
    NEW.forEach(name -> approver.expectNode(name, lab.host(name).address(), name));
    approver.build().approve();
  }

  private RecoveryStep<Signed<Membership>> growth(Lab lab, ApiClient api) {
    return new OpenShift41Growth(
            lab.zone(),
            new LabTools(lab).etcd(lab.host("master-0")),
            "master-0",
            api,
            name -> ssh(lab, name))
        .by(NEW);
  }

  private SshHost ssh(Lab lab, String name) {
    return connections.computeIfAbsent(name, n -> new LabTools(lab).ssh(lab.host(n)));
  }
}
