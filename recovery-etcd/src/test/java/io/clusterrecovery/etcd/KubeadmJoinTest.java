package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hosts may join by kubeadm, and by which configurations. */
class KubeadmJoinTest {
  private static final String TOKEN = "abcdef.0123456789abcdef";
  private static final HostData NONE = new HostData.None();
  private static final HostData OLD = new HostData.Of(new WalHead("9", "c"));
  private static final HostData OF_ONE = new HostData.Of(new WalHead("1", "c"));

  @ParameterizedTest
  @CsvSource({
    // stage, data, kubeadm there, joined, etcd runs, job there: refused with, or left over
    "NEW,       none,  true,  false, false, false, '',                   ''",
    "NEW,       none,  false, false, false, false, TOOL_MISSING,         ''",
    "NEW,       none,  true,  true,  false, false, MEMBER_ALREADY_THERE, ''",
    "NEW,       none,  true,  false, true,  false, MEMBER_ALREADY_THERE, ''",
    "NEW,       old,   true,  false, false, false, '',                   data of member 9",
    "NEW,       old,   true,  true,  false, false, MEMBER_ALREADY_THERE, data of member 9",
    "NEW,       old,   true,  true,  true,  true,  '',                   data of member 9",
    "NEW,       none,  true,  true,  false, true,  '',                   an earlier kubeadm join",
    "NEW,       ofOne, true,  true,  true,  true,  MEMBER_ALREADY_THERE, an earlier kubeadm join",
    "UNSTARTED, none,  true,  false, false, false, '',                   ''",
    "UNSTARTED, none,  true,  true,  true,  true,  '',                   ''",
    "LEARNER,   ofOne, true,  true,  true,  true,  '',                   ''",
    "VOTER,     ofOne, true,  true,  true,  false, '',                   ''"
  })
  void host_eachShape_isRefusedOrClearedFirst(
      Stage stage,
      String data,
      boolean kubeadm,
      boolean joined,
      boolean etcd,
      boolean job,
      String refused,
      String left) {
    HostData held = data.equals("none") ? NONE : data.equals("old") ? OLD : OF_ONE;
    KubeadmHost host = new KubeadmHost(joining(stage), held, kubeadm, joined, etcd, job);

    assertThat(host.refusals().stream().map(Refusal::code).distinct().map(Code::toString))
        .isEqualTo(refused.isEmpty() ? List.of() : List.of(refused));
    assertThat(host.leftover().isPresent()).isEqualTo(!left.isEmpty());
    assertThat(host.leftover().orElse("")).contains(left);
  }

  @ParameterizedTest
  @CsvSource({
    "JoinConfiguration, two,   10.0.0.2, true,  ''",
    "JoinConfiguration, '',    '',       true,  ''",
    "JoinConfiguration, three, 10.0.0.2, true,  registers the node 'three'",
    "JoinConfiguration, two,   10.0.0.3, true,  advertises the address 10.0.0.3",
    "JoinConfiguration, two,   10.0.0.2, false, joins no control plane",
    "InitConfiguration, two,   10.0.0.2, true,  is no JoinConfiguration"
  })
  void configuration_ofAnotherMember_isRefusedAndTellsNoSecret(
      String kind, String name, String address, boolean controlPlane, String told) {
    String text =
        """
        apiVersion: kubeadm.k8s.io/v1beta4
        kind: %s
        discovery:
          bootstrapToken:
            token: %s
        nodeRegistration:
          name: '%s'
        """
            .formatted(kind, TOKEN, name);
    String more =
        controlPlane
            ? "controlPlane:\n  localAPIEndpoint:\n    advertiseAddress: '%s'\n".formatted(address)
            : "";

    Optional<Refusal> against =
        JoinConfigurationRules.against(Secret.of(text + more), joining(Stage.NEW));

    assertThat(against.isPresent()).isEqualTo(!told.isEmpty());
    assertThat(against.map(Refusal::found).orElse("")).contains(told).doesNotContain(TOKEN);
  }

  @Test
  void configuration_thatIsNoYaml_isRefusedAndTellsNoSecret() {
    Secret broken = Secret.of("token: [" + TOKEN + "\n  - : {");

    assertThat(JoinConfigurationRules.against(broken, joining(Stage.NEW)).orElseThrow().found())
        .contains("is no JoinConfiguration")
        .doesNotContain(TOKEN);
  }

  @Test
  void dataDirectory_relative_isRefused() {
    KubeadmJoin join = KubeadmJoin.configuredBy(member -> Secret.of(""));

    assertThatThrownBy(() -> join.dataDirectory("var/lib/etcd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'var/lib/etcd' is not an absolute path");
  }

  private static JoiningMember joining(Stage stage) {
    return new JoiningMember(
        "two",
        URI.create("https://10.0.0.2:2380"),
        new RecordingHost("host-two"),
        stage,
        "c",
        List.of(FakeEtcd.member("1", "one", EtcdMember.Role.VOTER)));
  }
}
