package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.Poll;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  private static final Instant RESTORED = Instant.parse("2024-05-01T10:00:00Z");
  private static final Machine OLD =
      new Machine("m", "old", RESTORED.minusSeconds(1), "Running", "a", true, List.of("10.0.1.1"));

  @Test
  void read_beforeItsNodeIsThere_takesTheNameFromItsAddresses() {
    Machine machine = Machine.read(document(""));
    assertThat(machine.node()).isEqualTo("ip-10-0-1-13.ec2.internal");
    assertThat(machine.registered()).isFalse();
    assertThat(machine.internalIps()).containsExactly("10.0.1.13");
    assertThat(machine)
        .hasToString(
            "machines/prod-master-3 Provisioned, node ip-10-0-1-13.ec2.internal (not there yet),"
                + " 10.0.1.13");
  }

  @Test
  void read_registeredNode_countsMoreThanItsAddresses() {
    Machine machine = Machine.read(document("\"nodeRef\": {\"name\": \"master-3\"},"));
    assertThat(machine.node()).isEqualTo("master-3");
    assertThat(machine.registered()).isTrue();
  }

  @Test
  void judge_newOnesWithNodeAndAddress_areThere() {
    Machine fresh = machine("new", "b", false, "10.0.1.2");
    assertThat(settings(1, false).judge(List.of(OLD, fresh), RESTORED))
        .isEqualTo(Poll.done(List.of(fresh)));
  }

  @Test
  void judge_whateverIsMissing_isSaid() {
    Machine bare = machine("new", "", false, "");
    Machine unregistered = machine("newer", "b", false, "10.0.1.2");
    assertThat(settings(1, false).judge(List.of(OLD), RESTORED))
        .isEqualTo(Poll.notYet("0 of 1 new Machines are there"));
    assertThat(settings(1, false).judge(List.of(bare), RESTORED))
        .isEqualTo(Poll.notYet(bare.toString()));
    assertThat(settings(1, true).judge(List.of(unregistered), RESTORED))
        .isEqualTo(Poll.notYet(unregistered.toString()));
    assertThat(settings(3, false).judge(List.of(bare, unregistered), RESTORED))
        .isEqualTo(Poll.notYet("2 of 3 new Machines are there; " + bare));
  }

  @Test
  void all_workers_areNotKept() {
    KnownObjects<Machine> known = new KnownObjects<>(Machine::ofControlPlane);
    known.add(document(""));
    JsonObject worker = document("");
    worker.getAsJsonObject("metadata").remove("labels");
    worker.getAsJsonObject("metadata").addProperty("name", "worker");
    known.add(worker);
    assertThat(known.all()).extracting(Machine::name).containsExactly("prod-master-3");
    known.drop(document(""));
    assertThat(known.all()).isEmpty();
  }

  @Test
  void toString_proxyWithAPassword_masksIt() {
    ClusterProxy proxy =
        KubeClusterProxy.read(
            JsonParser.parseString(
                    """
                    {"spec": {"httpProxy": "http://only-asked-for:1"},
                     "status": {"httpProxy": "http://me:pa@ss@proxy:3128",
                                "noProxy": ".svc, 10.0.0.0/16"}}
                    """)
                .getAsJsonObject());
    assertThat(proxy.noProxy()).containsExactly(".svc", "10.0.0.0/16");
    assertThat(proxy.https()).isEmpty();
    assertThat(proxy)
        .hasToString(
            "proxy for http http://***@proxy:3128, for https none, none for .svc, 10.0.0.0/16");
    assertThat(KubeClusterProxy.read(new JsonObject())).hasToString("no proxy");
  }

  @Test
  void build_wrongSettings_areMistakes() {
    Machines.Builder builder = Machines.on(new ApiClient());
    assertThatIllegalArgumentException().isThrownBy(() -> builder.count(0));
    assertThatIllegalStateException()
        .isThrownBy(builder::build)
        .withMessageContaining("createdAfter");
    builder.createdAfter(RESTORED);
    assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("count");
  }

  private static MachineSettings settings(int count, boolean registered) {
    return new MachineSettings(RESTORED, count, registered, Duration.ofMinutes(1));
  }

  private static Machine machine(String name, String node, boolean registered, String ip) {
    List<String> ips = ip.isEmpty() ? List.of() : List.of(ip);
    return new Machine("m", name, RESTORED.plusSeconds(60), "", node, registered, ips);
  }

  private static JsonObject document(String more) {
    return JsonParser.parseString(
            """
            {"metadata": {"namespace": "machines", "name": "prod-master-3",
               "creationTimestamp": "2024-05-01T10:00:30Z",
               "labels": {"machine.openshift.io/cluster-api-machine-role": "master"}},
             "status": {"phase": "Provisioned", %s "addresses": [
               {"type": "InternalIP", "address": "10.0.1.13"},
               {"type": "InternalDNS", "address": "ip-10-0-1-13.ec2.internal."}]}}
            """
                .formatted(more))
        .getAsJsonObject();
  }
}
