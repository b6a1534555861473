package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.etcd.EtcdSigner;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.Membership;
import io.clusterrecovery.etcd.OpenShift41;
import io.clusterrecovery.etcd.Signed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What goes wrong while one master of OpenShift 4.1 grows to three, in the order in which it can:
 * each failure leaves the cluster with the members that it had, and no signer.
 */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenShift41GrowthFailuresIT {
  private static final String SECOND = "master-1";
  private static final String THIRD = "master-2";
  private static final String STOPPING = "Stopping etcd..";
  private static final String ADDED = "added to cluster";
  private static final String STOP_KUBELET = "systemctl stop kubelet";

  private GrowingLab growing;
  private SignerPods pods;

  @BeforeAll
  void makeLab() throws IOException {
    growing = GrowingLab.to(List.of(SECOND, THIRD));
    pods = growing.signerPods();
  }

  @AfterAll
  void stop() {
    growing.close();
  }

  @AfterEach
  void assertNoSigner() {
    growing.assertNoSigner();
  }

  @Test
  @Order(1)
  void growth_signerThatDiesWhileItIsWaitedFor_failsSoonAndLeavesOneMember() {
    EventListener killing =
        atFirst(STOPPING, run -> pods.find(run).ifPresent(pod -> pods.delete(pod, run)));

    RecoveryException failed = failureOf(growth(SECOND), killing);

    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(failed.getMessage())
        .contains("does not reach the signer", "any more", "end etcd-member-recover.sh on");
    assertThat(members()).containsExactly("etcd-member-master-0");
    assertThat(run(SECOND, "pgrep -f etcd-member-recover.sh || true")).isEmpty();
  }

  /** Of two voters, both are needed, so the start is tried again. */
  @Test
  @Order(2)
  void growth_secondVoterThatDoesNotStartAtOnce_isStartedAgain() {
    List<String> heard = new ArrayList<>();
    EventListener breaking = atFirst(ADDED, run -> run(SECOND, STOP_KUBELET));
    EventListener mending =
        atFirst("It is started again", run -> run(SECOND, "systemctl start kubelet"));

    Signed<Membership> grown =
        RunContext.builder()
            .listener(
                event -> {
                  hear(event, heard);
                  breaking.on(event);
                  mending.on(event);
                })
            .build()
            .carryOut(growth(SECOND));

    assertThat(grown.result().voters()).isEqualTo(2);
    assertThat(heard).anyMatch(line -> line.contains("It is started again, since quorum needs it"));
    assertThat(grown.result().changed())
        .extracting(Change::id)
        .contains("grow/start-again/etcd-member-master-1")
        .noneMatch(id -> id.startsWith("grow/undo-add"));
  }

  @Test
  @Order(3)
  void plan_hostOfAVoter_isRefusedByAnyName() {
    RecoveryStep<?> step =
        expander().add("etcd-member-other", peer(THIRD), growing.ssh(SECOND)).build();

    assertThat(RunContext.standalone().plan(step).refusals())
        .extracting(Refusal::found)
        .anyMatch(found -> found.contains("master-1"));
    assertThat(members()).containsExactly("etcd-member-master-0", "etcd-member-master-1");
  }

  /** The cluster can commit its removal, and it is tried once more before it is given up. */
  @Test
  @Order(4)
  void growth_thirdVoterThatDoesNotStart_isRemovedByItsId() {
    List<String> heard = new ArrayList<>();
    EventListener breaking = atFirst(ADDED, run -> run(THIRD, STOP_KUBELET));

    RecoveryException failed =
        failureOf(
            growth(THIRD),
            event -> {
              hear(event, heard);
              breaking.on(event);
            });

    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(Code.WAIT_TIMED_OUT);
    assertThat(heard).anyMatch(line -> line.contains("It was removed again"));
    assertThat(members()).containsExactly("etcd-member-master-0", "etcd-member-master-1");
    run(THIRD, "systemctl start kubelet");
  }

  @Test
  @Order(5)
  void growth_runAgainOnceItIsMended_endsInThreeVoters() {
    Signed<Membership> grown = RunContext.standalone().carryOut(growth(THIRD));

    assertThat(grown.result().voters()).isEqualTo(3);
    assertThat(members())
        .containsExactly("etcd-member-master-0", "etcd-member-master-1", "etcd-member-master-2");
  }

  private static RecoveryException failureOf(RecoveryStep<?> step, EventListener listener) {
    return catchThrowableOfType(
        RecoveryException.class,
        () -> RunContext.builder().listener(listener).build().carryOut(step));
  }

  private static void hear(Event event, List<String> heard) {
    if (event instanceof Event.Line line) {
      heard.add(line.text());
    }
  }

  /** Does something when a line with those words is told for the first time. */
  private static EventListener atFirst(String words, Consumer<RunContext> act) {
    List<String> done = new ArrayList<>();
    return event -> {
      if (event instanceof Event.Line line && line.text().contains(words) && done.isEmpty()) {
        done.add(words);
        act.accept(RunContext.standalone());
      }
    };
  }

  private RecoveryStep<Signed<Membership>> growth(String master) {
    return signer()
        .during(
            expander()
                .add(OpenShift41Growth.member(master), peer(master), growing.ssh(master))
                .build());
  }

  private URI peer(String master) {
    String record = master.replace("master", "etcd");
    return URI.create("https://%s.%s:2380".formatted(record, growing.lab().zone()));
  }

  private MemberExpander.Builder expander() {
    return MemberExpander.on(growing.etcd())
        .hostOf(OpenShift41Growth.member(GrowingLab.SURVIVOR), growing.ssh(GrowingLab.SURVIVOR))
        .starter(OpenShift41.memberRecover(signer()).scriptLimit(Duration.ofSeconds(90)))
        .stallLimit(Duration.ofSeconds(60));
  }

  private EtcdSigner signer() {
    return EtcdSigner.on(growing.ssh(GrowingLab.SURVIVOR), pods)
        .hostname(GrowingLab.SURVIVOR)
        .kubeconfig("/etc/kubernetes/admin.conf")
        .build();
  }

  private List<String> members() {
    LabTools tools = new LabTools(growing.lab());
    return tools
        .etcdctl(List.of(growing.lab().host(GrowingLab.SURVIVOR)))
        .run("member", "list")
        .lines()
        .map(line -> line.split(", ", -1)[2])
        .sorted()
        .toList();
  }

  private String run(String host, String script) {
    return growing.lab().host(host).script(script).orThrow();
  }
}
