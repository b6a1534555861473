package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.EtcdMember.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemberRowsTest {
  private static final String ZONE = ".clustername.devcluster.openshift.com";
  private static final Map<String, Set<String>> DNS =
      Map.of("etcd-0" + ZONE, Set.of("10.0.143.125"), "etcd-1" + ZONE, Set.of("10.0.156.255"));

  @Test
  void refusals_rowsThatBelongTogether_none() {
    assertThat(
            refusals(
                row("1", "ip-10-0-143-125", "etcd-0" + ZONE, "10.0.143.125"),
                row("2", "ip-10-0-156-255", "etcd-1" + ZONE, "10.0.156.255")))
        .isEmpty();
  }

  /** The rows of the table in OpenShift 4.1's documentation. */
  @Test
  void refusals_peerUrlsOfTwoRowsSwapped_bothAreNoticed() {
    assertThat(
            refusals(
                row(
                    "cbe982c74cbb42f",
                    "etcd-member-ip-10-0-156-255.ec2.internal",
                    "etcd-0" + ZONE,
                    "10.0.156.255"),
                row(
                    "249a4b9a790b3719",
                    "etcd-member-ip-10-0-143-125.ec2.internal",
                    "etcd-1" + ZONE,
                    "10.0.143.125")))
        .hasSize(2)
        .allMatch(r -> r.code() == Code.MEMBER_MISMATCH)
        .allMatch(r -> r.found().contains("the peer URL of the first leads to the second"));
  }

  @Test
  void refusals_namesOfTwoRowsSwapped_bothAreNoticed() {
    assertThat(
            refusals(
                row("1", "ip-10-0-156-255", "etcd-0" + ZONE, "10.0.143.125"),
                row("2", "ip-10-0-143-125", "etcd-1" + ZONE, "10.0.156.255")))
        .hasSize(2)
        .allMatch(r -> r.found().contains("address in its name"));
  }

  @Test
  void refusals_networksOfTheirOwnForPeers_none() {
    assertThat(
            refusals(
                row("1", "a", "192.168.0.1", "10.0.0.1"), row("2", "b", "192.168.0.2", "10.0.0.2")))
        .isEmpty();
  }

  @Test
  void refusals_sameNameOrUrls_refusedOnce() {
    assertThat(
            refusals(row("1", "a", "10.0.0.1", "10.0.0.1"), row("2", "a", "10.0.0.2", "10.0.0.2")))
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("have the same name"));
    assertThat(
            refusals(row("1", "a", "10.0.0.1", "10.0.0.1"), row("2", "b", "10.0.0.1", "10.0.0.1")))
        .hasSize(2);
  }

  private static List<Refusal> refusals(EtcdMember... members) {
    return new MemberRows(List.of(members), DNS).refusals();
  }

  private static EtcdMember row(String id, String name, String peer, String client) {
    return new EtcdMember(
        id,
        name,
        List.of(URI.create("https://" + peer + ":2380")),
        List.of(URI.create("https://" + client + ":2379")),
        Role.VOTER);
  }
}
