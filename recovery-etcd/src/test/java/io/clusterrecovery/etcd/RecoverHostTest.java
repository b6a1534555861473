package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoverHostTest {
  private static final URI PEER = URI.create("https://etcd-1.example.test:2380");
  private static final Set<String> ALL =
      Set.of(
          RecoverHost.SCRIPT,
          "/usr/local/share/openshift-recovery/template/etcd-generate-certs.yaml.template",
          "manifest of etcd");
  private static final EtcdMember OTHER =
      new EtcdMember(
          "a", "one", List.of(URI.create("https://o:2380")), List.of(), EtcdMember.Role.VOTER);

  @Test
  void refusals_masterOfOpenShift41_areNone() {
    assertThat(host(Stage.NEW, new HostData.None(), ALL, "etcd-1.example.test").refusals())
        .isEmpty();
    assertThat(host(Stage.NEW, new HostData.None(), ALL, "").refusals()).isEmpty();
  }

  @Test
  void refusals_anyOtherHost_areAllTold() {
    assertThat(codes(host(Stage.NEW, data("c", "a"), Set.of(), "etcd-2.example.test")))
        .containsExactly(
            Code.TOOL_MISSING,
            Code.TOOL_MISSING,
            Code.TOOL_MISSING,
            Code.MEMBER_ALREADY_THERE,
            Code.NAME_RESOLUTION);
  }

  @Test
  void refusals_memberThatVotes_areNone() {
    assertThat(host(Stage.VOTER, data("c", "a"), Set.of(), "other").refusals()).isEmpty();
  }

  @Test
  void leftover_dataOfAnotherCluster_hasToGoFirst() {
    assertThat(host(Stage.NEW, data("old", "b"), ALL, "").leftover())
        .contains("data of member b of cluster old");
    assertThat(host(Stage.NEW, new HostData.None(), ALL, "").leftover()).isEmpty();
    assertThat(host(Stage.VOTER, data("old", "b"), ALL, "").leftover()).isEmpty();
  }

  private static List<Code> codes(RecoverHost host) {
    return host.refusals().stream().map(Refusal::code).toList();
  }

  private static HostData data(String cluster, String member) {
    return new HostData.Of(new WalHead(member, cluster));
  }

  private static RecoverHost host(Stage stage, HostData data, Set<String> there, String name) {
    JoiningMember joining =
        new JoiningMember("two", PEER, new RecordingHost("host-two"), stage, "c", List.of(OTHER));
    return new RecoverHost(joining, data, there, name, Optional.empty(), false, false);
  }
}
