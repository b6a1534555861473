package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrownRowTest {
  private static final EtcdMember FIRST = row("1", "one", "etcd-0", "10.0.0.1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two   | etcd-1 | 10.0.0.2 | ''",
        "other | etcd-1 | 10.0.0.2 | is listed by the name other",
        "two   | etcd-2 | 10.0.0.2 | is not listed at https://etcd-1:2380",
        "two   | etcd-1 | 10.0.0.3 | do not lead to its host",
        "two   | etcd-1 | 10.0.0.1 | have the same client URL",
        "one   | etcd-1 | 10.0.0.2 | have the same name",
      })
  void refusals_eachPartOfTheRow_hasToBelongToTheHost(
      String name, String peer, String client, String found) {
    MemberToAdd add =
        new MemberToAdd(
            "two", URI.create("https://etcd-1:2380"), new RecordingHost("h"), Optional.empty());
    HostIdentity host =
        new HostIdentity(
            "machine",
            Set.of("10.0.0.2"),
            Map.of(
                "etcd-0", Set.of("10.0.0.1"),
                "etcd-1", Set.of("10.0.0.2"),
                "10.0.0.1", Set.of("10.0.0.1"),
                "10.0.0.2", Set.of("10.0.0.2"),
                "10.0.0.3", Set.of("10.0.0.3")));
    List<Refusal> refusals =
        new GrownRow(add, List.of(FIRST, row("2", name, peer, client)), host).refusals();
    if (found.isEmpty()) {
      assertThat(refusals).isEmpty();
    } else {
      assertThat(refusals).extracting(Refusal::found).anyMatch(each -> each.contains(found));
    }
  }

  private static EtcdMember row(String id, String name, String peer, String client) {
    return new EtcdMember(
        id,
        name,
        List.of(URI.create("https://" + peer + ":2380")),
        List.of(URI.create("https://" + client + ":2379")),
        EtcdMember.Role.VOTER);
  }
}
