package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.Code;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlPlaneTest {
  private static final String NODE = "/api/v1/nodes/master-3";
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/";
  private static final String LEASE = LEASES + "kube-node-lease/leases/master-3";
  private static final String CONTROLLERS = LEASES + "kube-system/leases/kube-controller-manager";
  private static final Instant OLD = FakeClock.START.minusSeconds(3600);

  private final FakeClock clock = new FakeClock();
  private final FakeApi api = new FakeApi(clock);

  ControlPlaneTest() {
    api.objects.put("/version", json("{'gitVersion': 'v1.34.4'}"));
    api.objects.put("/readyz", new JsonObject());
    api.objects.put(NODE, node("True", OLD));
    api.objects.put(LEASE, lease("master-3", FakeClock.START.plusSeconds(5)));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void awaitReady_apiNeverAnswers_isRefusedAtTheLimit() {
    api.fault = call -> FakeApi.HANG_UP;
    RefusedException refused = refused(controlPlane().limit(Duration.ofMinutes(2)));
    assertThat(refused.code()).isEqualTo(Code.WAIT_TIMED_OUT);
    assertThat(refused).hasMessageContaining("API ready");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void awaitReady_readyWithFreshLease_givesTheNode() {
    Readiness readiness = run(controlPlane());
    assertThat(readiness.serverVersion()).isEqualTo("v1.34.4");
    assertThat(readiness.nodes())
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.name()).isEqualTo("master-3");
              assertThat(node.heartbeat()).isEqualTo(FakeClock.START.plusSeconds(5));
              assertThat(node.internalIps()).containsExactly("10.0.1.13");
            });
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void awaitReady_readyOutOfTheSnapshot_doesNotCount() {
    api.objects.put(LEASE, lease("master-3", OLD));
    assertThat(refused(controlPlane().limit(Duration.ofMinutes(1))))
        .hasMessageContaining("says Ready, but its last heartbeat was at " + OLD);
  }

  @Test
  void awaitReady_heartbeatThatMovesOnASlowClock_counts() {
    api.objects.put(LEASE, lease("master-3", OLD));
    api.fault =
        call -> {
          api.objects.put(LEASE, lease("master-3", OLD.plus(clock.elapsed())));
          return null;
        };
    assertThat(run(controlPlane()).nodes()).hasSize(1);
  }

  @Test
  void awaitReady_aliveButNotReady_saysWhy() {
    api.objects.put(NODE, node("False", FakeClock.START.plusSeconds(5)));
    assertThat(refused(controlPlane().limit(Duration.ofMinutes(1))))
        .hasMessageContaining("master-3 is not Ready: NetworkNotReady");
  }

  @Test
  void awaitReady_noSuchNode_saysSo() {
    api.objects.remove(NODE);
    assertThat(refused(controlPlane().limit(Duration.ofMinutes(1))))
        .hasMessageContaining("master-3 is not there");
  }

  @Test
  void awaitReady_apiThatComesAndGoes_waitsOn() {
    api.fault =
        call -> {
          long second = clock.elapsed().toSeconds();
          if (second < 10) {
            return FakeApi.HANG_UP;
          }
          return second < 20 ? 503 : null;
        };
    assertThat(run(controlPlane()).nodes()).hasSize(1);
    assertThat(clock.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void awaitReady_beforeReadyzWasThere_asksForHealth() {
    api.objects.remove("/readyz");
    api.objects.put("/healthz", new JsonObject());
    assertThat(run(controlPlane()).nodes()).hasSize(1);
  }

  @Test
  void awaitReady_deniedForAMinute_endsLongBeforeTheLimit() {
    api.fault = call -> 401;
    assertThat(refused(controlPlane()).code()).isEqualTo(Code.API_ACCESS_DENIED);
    assertThat(clock.elapsed()).isLessThan(Duration.ofMinutes(2));
  }

  @Test
  void awaitReady_deniedWhileStarting_waitsOn() {
    api.fault = call -> clock.elapsed().toSeconds() < 15 ? 403 : null;
    assertThat(run(controlPlane()).nodes()).hasSize(1);
  }

  @Test
  void awaitReady_controllersWithOldLease_waitsForTheNextOne() {
    api.objects.put(CONTROLLERS, lease("dead_1", OLD));
    api.fault =
        call -> {
          if (clock.elapsed().toSeconds() > 30) {
            api.objects.put(CONTROLLERS, lease("alive_1", clock.now()));
          }
          return null;
        };
    Readiness readiness =
        run(
            ControlPlane.on(api.client())
                .feeds(ListedObjects::new)
                .controllersAfter(FakeClock.START));
    assertThat(readiness.controllerManager()).isEqualTo("alive_1");
    assertThat(clock.elapsed()).isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void awaitReady_controllersBeforeThereWereLeases_areSeenByTheirLock() {
    String lock = "{\\'holderIdentity\\': \\'alive_1\\', \\'renewTime\\': \\'%s\\'}";
    String annotated = "{'metadata': {'annotations': {'%s': '%s'}}}";
    api.objects.put(
        "/api/v1/namespaces/kube-system/endpoints/kube-controller-manager",
        json(
            annotated.formatted(
                LeaderLock.ANNOTATION, lock.formatted(FakeClock.START.plusSeconds(5)))));
    assertThat(
            run(ControlPlane.on(api.client()).controllersAfter(FakeClock.START))
                .controllerManager())
        .isEqualTo("alive_1");
  }

  @Test
  void plan_always_hasNoChangesAndNoRefusals() {
    api.fault = call -> FakeApi.HANG_UP;
    assertThat(controlPlane().build().plan().satisfied()).isTrue();
  }

  @Test
  void awaitReady_machineWhoseHostIsSilent_isRefusedBeforeAnyWait() {
    RemoteHost silent = mock();
    Refusal refusal = new Refusal(Code.HOST_UNREACHABLE, "10.0.1.13 is silent.", "Look.");
    when(silent.run(any())).thenThrow(new RefusedException(refusal, null));
    assertThat(refused(controlPlane().machine("master-3", silent)).refusals())
        .containsExactly(refusal);
    assertThat(clock.elapsed()).isZero();
  }

  @Test
  void awaitReady_machineOfTheHost_isHeldAgainstTheNode() {
    RemoteHost host = mock();
    when(host.run(any())).thenReturn(new CommandResult(0, "ab12\n", "", Duration.ZERO));
    assertThat(run(controlPlane().machine("master-3", host)).nodes())
        .singleElement()
        .satisfies(node -> assertThat(node.machineId()).isEqualTo("ab12"));
  }

  @Test
  void build_nodesWithoutTime_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ControlPlane.on(api.client()).feeds(ListedObjects::new).node("a").build())
        .withMessageContaining("heartbeatAfter");
  }

  @Test
  void setters_wrongValues_areRefusedAtOnce() {
    ControlPlane.Builder builder = ControlPlane.on(api.client()).feeds(ListedObjects::new);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.node("Not_A_Node"));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.limit(Duration.ZERO));
    builder.limit(Duration.ofMinutes(1));
    assertThatIllegalStateException().isThrownBy(() -> builder.limit(Duration.ofMinutes(2)));
  }

  private ControlPlane.Builder controlPlane() {
    return ControlPlane.on(api.client())
        .feeds(ListedObjects::new)
        .node("master-3")
        .heartbeatAfter(FakeClock.START);
  }

  private Readiness run(ControlPlane.Builder builder) {
    return RunContext.builder().clock(clock).build().carryOut(builder.build());
  }

  private RefusedException refused(ControlPlane.Builder builder) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> run(builder));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static JsonObject node(String ready, Instant heartbeat) {
    return json(
        """
        {'metadata': {'name': 'master-3'}, 'status': {
          'conditions': [{'type': 'Ready', 'status': '%s', 'reason': 'NetworkNotReady',
            'lastHeartbeatTime': '%s'}],
          'addresses': [{'type': 'Hostname', 'address': 'master-3'},
            {'type': 'InternalIP', 'address': '10.0.1.13'}],
          'nodeInfo': {'kubeletVersion': 'v1.34.4', 'machineID': 'ab12'}}}
        """
            .formatted(ready, heartbeat));
  }

  private static JsonObject lease(String holder, Instant renewed) {
    return json("{'spec': {'holderIdentity': '%s', 'renewTime': '%s'}}".formatted(holder, renewed));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }
}
