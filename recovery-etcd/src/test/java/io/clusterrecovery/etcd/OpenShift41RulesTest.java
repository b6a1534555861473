package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenShift41RulesTest {
  private static final URI PEER = URI.create("https://etcd-0.lab.test:2380");

  private static List<Refusal> refusals(OpenShift41Facts facts) {
    return OpenShift41Rules.refusals("m0", facts, "etcd-member-master-0", PEER, 1 << 20);
  }

  @Test
  void refusals_masterAsItShouldBe_areNone() {
    assertThat(refusals(OpenShift41Seen.good().facts())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void refusals_whatTheScriptDoesNotLookAt_nameIt(OpenShift41Seen seen, Code code, String found) {
    assertThat(refusals(seen.facts()))
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.found()).contains(found);
            });
  }

  static Stream<Arguments> refusals_whatTheScriptDoesNotLookAt_nameIt() {
    return Stream.of(
        Arguments.of(seen().without("script"), Code.TOOL_MISSING, "etcd-snapshot-restore.sh"),
        Arguments.of(seen().with("missing=dig"), Code.TOOL_MISSING, "dig"),
        Arguments.of(seen().without("crictl"), Code.TOOL_MISSING, "crictl"),
        Arguments.of(
            seen().with("running=etcd-member-recover.sh"), Code.STILL_RUNNING, "recover.sh"),
        Arguments.of(
            seen().without("manifest=etcd"), Code.ETCD_CONFIG_UNSUPPORTED, "etcd-member.yaml"),
        Arguments.of(seen().with("mount=yes"), Code.ETCD_CONFIG_UNSUPPORTED, "mount point"),
        Arguments.of(seen().without("home=yes"), Code.ETCD_CONFIG_UNSUPPORTED, "/home/core"),
        Arguments.of(seen().without("resolved"), Code.NAME_RESOLUTION, "nothing"),
        Arguments.of(
            seen().without("resolved").with("resolved=10.0.1.99"),
            Code.NAME_RESOLUTION,
            "10.0.1.99"),
        Arguments.of(
            seen().without("resolved").with("resolved=10.0.1.10 10.0.1.99"),
            Code.NAME_RESOLUTION,
            "10.0.1.10, 10.0.1.99"),
        Arguments.of(
            seen().without("addresses").with("addresses=10.0.1.77"),
            Code.NAME_RESOLUTION,
            "takes 10.0.1.10 for its address"),
        Arguments.of(seen().without("dns").without("ip="), Code.NAME_RESOLUTION, "SRV"),
        Arguments.of(
            seen().without("name=").with("name=etcd-member-other"),
            Code.MEMBER_MISMATCH,
            "etcd-member-other"),
        Arguments.of(seen().without("name="), Code.ETCD_CONFIG_UNSUPPORTED, "called"),
        Arguments.of(
            seen().without("dns=").with("dns=etcd-1.lab.test"),
            Code.MEMBER_MISMATCH,
            "https://etcd-1.lab.test:2380"),
        Arguments.of(
            seen().without("homeroom").with("homeroom=2 1000"), Code.DISK_FULL, "/home/core"),
        Arguments.of(
            seen().without("dataroom").with("dataroom=3 1000"), Code.DISK_FULL, "/var/lib/etcd"));
  }

  @Test
  void refusals_onlyCopyOfTheManifestLeftByAHalfRun_areNone() {
    OpenShift41Facts half =
        seen().without("manifest=").with("leftover=etcd-member.yaml 11").facts();
    assertThat(refusals(half)).isEmpty();
  }

  @Test
  void refusals_severalThings_areAllTold() {
    assertThat(refusals(seen().with("missing=dig", "mount=yes").without("resolved").facts()))
        .extracting(Refusal::code)
        .containsExactly(Code.TOOL_MISSING, Code.ETCD_CONFIG_UNSUPPORTED, Code.NAME_RESOLUTION);
  }

  private static OpenShift41Seen seen() {
    return OpenShift41Seen.good();
  }
}
