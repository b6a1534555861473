package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.testkit.FakeSignerPods;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EtcdSignerTest {
  private static final String OPEN = "LISTEN 0 128 0.0.0.0:9943 0.0.0.0:*\n";
  private static final String NEAR = "LISTEN 0 128 0.0.0.0:19943 0.0.0.0:*\n";
  private static final String LOOKED =
      """
      there oc
      there ss
      there /usr/local/bin/tokenize-signer.sh
      there /var/lib/kubelet/config.json
      kubeconfig /root/.kube/config
      """;
  private static final String IMAGES =
      "kube-etcd-signer-server q/signer@sha256:1\nmachine-config-operator q/mco@sha256:2\n"
          + "kube-client-agent q/agent@sha256:3\n";
  private static final String MANIFEST = "/home/core/assets/manifests/kube-etcd-cert-signer.yaml";

  private final SteppedClock clock = new SteppedClock();
  private final FakeSignerPods pods = new FakeSignerPods();
  private final RecordingHost host =
      new RecordingHost("master-0")
          .prints("command -v", LOOKED + NEAR)
          .prints("oc adm release info", IMAGES)
          .prints("ss -ltn", NEAR)
          .holds(MANIFEST, "image: q/signer@sha256:1");
  private final RunContext run = RunContext.builder().clock(clock).build();

  EtcdSignerTest() {
    pods.whenCreated(() -> host.prints("ss -ltn", OPEN));
    pods.whenDeleted(() -> host.prints("ss -ltn", NEAR));
  }

  @Test
  void during_podOfSomebodyElse_isRefusedAndNothingIsTouched() {
    pods.pod(new SignerPods.Pod("u", Optional.empty(), "master-0", "Running"));

    RecoveryException refused = failureOf(growing(own -> {}));

    assertThat(refused.code()).isEqualTo(Code.SIGNER_NOT_OURS);
    assertThat(refused.changed()).isEmpty();
    assertThat(pods.events()).isEmpty();
    assertThat(host.commands()).noneMatch(c -> c.contains("sudo /usr/local/bin/tokenize"));
  }

  @Test
  void during_growth_signsOnlyMeanwhile() {
    RecoveryStep<Signed<String>> step = signer().during(growing(own -> pods.happened("grown")));

    assertThat(run.plan(step).changes())
        .extracting(Change::id)
        .containsExactly("signer/start", "grow", "signer/stop");
    assertThat(run.carryOut(step).result()).isEqualTo("grown");

    assertThat(pods.events()).containsExactly("created for 120 min", "grown", "deleted");
    assertThat(pods.manifest()).isEqualTo("image: q/signer@sha256:1");
  }

  @Test
  void during_growthThatFails_deletesThePodAndTellsTheFailure() {
    RecoveryException failure =
        failureOf(
            growing(
                own -> {
                  throw own.failure(Code.LEARNER_STALLED, "It stalls.", "Look.", null);
                }));

    assertThat(failure.code()).isEqualTo(Code.LEARNER_STALLED);
    assertThat(failure.changed()).extracting(Change::id).contains("signer/start", "signer/stop");
    assertThat(pods.pod()).isEmpty();
  }

  @Test
  void during_interrupt_deletesThePodAndStaysInterrupted() {
    RecoveryException failure =
        failureOf(
            growing(
                own -> {
                  Thread.currentThread().interrupt();
                  own.stopIfInterrupted();
                }));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(pods.events()).containsExactly("created for 120 min", "deleted");
  }

  @Test
  void during_portThatStaysOpen_isAFailureBesides() {
    pods.whenDeleted(() -> {});

    RecoveryException failure =
        failureOf(
            growing(
                own -> {
                  throw own.failure(Code.LEARNER_STALLED, "It stalls.", "Look.", null);
                }));

    assertThat(failure.code()).isEqualTo(Code.LEARNER_STALLED);
    assertThat(failure.getMessage())
        .contains("It stalls.", "could not be taken away", "something listens still");
    assertThat(failure.next()).contains("120 min after its start");
  }

  @Test
  void during_portThatIsNeverListenedOn_isDeletedAgain() {
    pods.whenCreated(() -> {});

    RecoveryException failure = failureOf(growing(own -> pods.happened("grown")));

    assertThat(failure.getMessage()).contains("the signer listens on master-0:9943", "Running");
    assertThat(pods.events()).containsExactly("created for 120 min", "deleted");
  }

  @Test
  void during_podThatAKilledRunHasLeft_isMadeAnew() {
    leaveAPod();

    assertThat(run.carryOut(signer().during(growing(own -> {}))).result()).isEqualTo("grown");

    assertThat(pods.events()).containsExactly("deleted", "created for 120 min", "deleted");
  }

  @Test
  void during_podLeftAndNothingToGrow_isOnlyDeleted() {
    leaveAPod();

    assertThat(run.carryOut(signer().during(step("", own -> {}))).issued()).isEmpty();

    assertThat(pods.events()).containsExactly("deleted");
  }

  @Test
  void during_podLeftAndGrowthRefused_isDeletedBeforeThat() {
    leaveAPod();
    RecoveryStep<String> refusing =
        new Step(plan -> plan.refuse(Code.MEMBERSHIP_UNHEALTHY, "One is away.", "Wait."), o -> {});

    RecoveryException failure = failureOf(refusing);

    assertThat(failure.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY);
    assertThat(failure.changed()).extracting(Change::id).containsExactly("signer/remove-left");
    assertThat(pods.pod()).isEmpty();
  }

  @Test
  void during_apiThatIsSilentUntilTheStepHasBegun_isTriedWithoutANewSigner() {
    leaveAPod();
    pods.silent(true);
    RecoveryStep<Signed<String>> step = signer().during(growing(own -> pods.silent(false)));

    assertThat(run.carryOut(step).result()).isEqualTo("grown");

    assertThat(pods.events()).containsExactly("deleted");
  }

  @Test
  void during_scriptThatMakesNoManifest_createsNothing() {
    host.holds(MANIFEST, "image: q/another");

    RecoveryException failure = failureOf(growing(own -> pods.happened("grown")));

    assertThat(failure.code()).isEqualTo(Code.VERIFICATION_FAILED);
    assertThat(pods.events()).isEmpty();
  }

  @Test
  void plan_hostThatLacksEverything_saysAllOfIt() {
    host.prints("command -v", OPEN);

    assertThat(run.plan(signer().during(growing(own -> {}))).refusals())
        .extracting(Refusal::code)
        .containsExactly(
            Code.SIGNER_NOT_OURS,
            Code.TOOL_MISSING,
            Code.TOOL_MISSING,
            Code.TOOL_MISSING,
            Code.TOOL_MISSING,
            Code.API_ACCESS_DENIED);
  }

  @Test
  void plan_login_keepsThePasswordOutOfArgumentsAndTexts() {
    EtcdSigner signer =
        EtcdSigner.on(host, pods)
            .hostname("master-0")
            .login("admin", Secret.of("s3cret"), "/etc/kubernetes/ca.crt")
            .build();

    Plan plan = run.plan(signer.during(growing(own -> {})));

    assertThat(plan.refusals()).isEmpty();
    assertThat(host.commands()).anyMatch(c -> c.contains("admin /etc/kubernetes/ca.crt"));
    assertThat(host.commands()).noneMatch(c -> c.contains("s3cret"));
    assertThat(plan.toString() + signer.settings()).doesNotContain("s3cret");
  }

  @Test
  void builder_whatCannotBe_isRefused() {
    EtcdSigner.Builder builder = EtcdSigner.on(host, pods);
    assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("hostname");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.hostname("a b"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.kubeconfig("relative"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.life(Duration.ofSeconds(59)));
    builder.hostname("a");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.hostname("b"))
        .withMessage("hostname was set to 'a' already");
  }

  private void leaveAPod() {
    pods.pod(new SignerPods.Pod("old", Optional.of("earlier"), "master-0", "Running"));
    host.prints("command -v", LOOKED + OPEN);
  }

  private RecoveryException failureOf(RecoveryStep<String> step) {
    return catchThrowableOfType(RecoveryException.class, () -> run.carryOut(signer().during(step)));
  }

  private EtcdSigner signer() {
    return EtcdSigner.on(host, pods).hostname("master-0").build();
  }

  private static RecoveryStep<String> growing(Consumer<RunContext> act) {
    return step("grow", act);
  }

  /** A step with one change, or none. */
  private static RecoveryStep<String> step(String id, Consumer<RunContext> act) {
    return new Step(
        plan -> {
          if (!id.isEmpty()) {
            plan.change(Change.of(id, "grow", "etcd", "one", "three"));
          }
        },
        act);
  }

  private record Step(Consumer<Plan.Builder> decide, Consumer<RunContext> act)
      implements RecoveryStep<String> {
    @Override
    public String operation() {
      return "grow etcd";
    }

    @Override
    public Prepared<String> prepare(RunContext run) {
      Plan.Builder plan = Plan.of(operation(), "etcd");
      decide.accept(plan);
      Plan built = plan.build();
      return new Prepared<>(
          built,
          own -> {
            List<Change> changes = built.changes();
            changes.forEach(change -> own.change(change, () -> act.accept(own)));
            return "grown";
          });
    }
  }
}
