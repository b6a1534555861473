package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OldMembersTest {
  private static final EtcdMember NAMED = QuorumDecisionTest.member("b", EtcdMember.Role.VOTER);
  private static final EtcdMember B =
      new EtcdMember(
          "9f5f", NAMED.name(), NAMED.peerUrls(), NAMED.clientUrls(), EtcdMember.Role.VOTER);
  private static final OldMembers OLD = new OldMembers(List.of(B), Map.of());

  @Test
  void senders_knownAndUnknownMembers_areNamedOnceWithTheirHosts() {
    assertThat(
            OLD.senders(
                List.of(
                    line("server-name", "9f5f"),
                    line("server-from", "9f5f"),
                    line("id-from", "77"))))
        .containsExactly("b on " + Urls.host(B.peerUrls().get(0)), "member 77");
  }

  @Test
  void senders_hostThatTheCallerGave_isNamedAsTheCallerDoes() {
    OldMembers given = new OldMembers(List.of(B), Map.of("b", new RecordingHost("10.0.0.11")));

    assertThat(given.senders(List.of(line("server-name", "9f5f"))))
        .containsExactly("b on 10.0.0.11");
  }

  @Test
  void senders_etcdOf34_areOfAClusterAndNotLeftOut() {
    assertThat(
            OLD.senders(
                List.of("2026-01-01 E | rafthttp: request cluster ID mismatch (got 7f want 99)")))
        .containsExactly("a member of cluster 7f, whose name etcd does not log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "request cluster ID mismatch"})
  void senders_linesThatNameNobody_arePassedOver(String line) {
    assertThat(OLD.senders(List.of(line))).isEmpty();
  }

  private static String line(String key, String id) {
    return "{\"level\":\"warn\",\"msg\":\"request cluster ID mismatch\",\"remote-peer-%s\":\"%s\"}"
        .formatted(key, id);
  }
}
