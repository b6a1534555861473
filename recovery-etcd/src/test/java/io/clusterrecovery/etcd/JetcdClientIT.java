package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.etcd.EtcdCallException.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What jetcd does beside a real etcd, and beside things that are none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JetcdClientIT {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration SLACK = Duration.ofSeconds(2);

  private EtcdProcess etcd;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    etcd = EtcdProcess.start(folder);
  }

  @AfterAll
  void stop() throws Exception {
    etcd.close();
  }

  @Test
  void calls_toARealEtcd_answer() throws Exception {
    try (EtcdClient client = connect(etcd.endpoint())) {
      client.linearizableRead();
      client.writeTest("io.clusterrecovery/test");
      assertThat(client.status().version()).isEqualTo("3.6.16");
      assertThat(client.status().seesLeader()).isTrue();
      EtcdMember own = client.members().get(0);
      assertThat(own.name()).isEqualTo("m0");
      assertThat(own.id()).isEqualTo(client.status().memberId());
    }
    assertThat(etcd.etcdctl("get", "--prefix", "", "--keys-only")).isBlank();
  }

  @Test
  void store_ofARealEtcd_showsWhatTheApiDoesNot() throws Exception {
    EtcdStore store = EtcdStore.of(EtcdCluster.at(etcd.endpoint()).build());
    etcd.etcdctl("put", "/registry/masterleases/10.0.0.11", "old");
    etcd.etcdctl("put", "/kubernetes.io/masterleases/10.0.0.12", "old");
    etcd.etcdctl("put", "/registry/masterleasesother", "not one");
    assertThat(store.apiServers())
        .extracting(ApiServerLease::address)
        .containsExactly("10.0.0.11", "10.0.0.12");
    assertThat(store.alarms()).isEmpty();
    ApiServerLease first = store.apiServers().get(0);
    assertThat(store.revision()).isGreaterThan(first.version());
    etcd.etcdctl("put", first.key(), "renewed");
    assertThat(store.forget(first)).isFalse();
    assertThat(store.apiServers()).hasSize(2).doesNotContain(first);
    store.apiServers().forEach(lease -> assertThat(store.forget(lease)).isTrue());
    assertThat(store.apiServers()).isEmpty();
    etcd.etcdctl("del", "/registry/masterleasesother");
  }

  @Test
  void store_nobodyThere_isRefusedWithItsEndpoint() {
    URI nobody = URI.create("http://127.0.0.1:" + EtcdProcess.freePort());
    EtcdStore store = EtcdStore.of(EtcdCluster.at(nobody).build());
    RefusedException refused = catchThrowableOfType(RefusedException.class, store::alarms);
    assertThat(refused.code()).isEqualTo(Code.ETCD_UNREACHABLE);
    assertThat(refused).hasMessageContaining(nobody.toString());
  }

  @Test
  void learner_addedTwice_isRefusedAndRemovedById() {
    URI peer = URI.create("http://127.0.0.1:1");
    try (EtcdClient client = connect(etcd.endpoint())) {
      String id = client.add(peer, EtcdMember.Role.LEARNER);

      assertThat(client.members())
          .filteredOn(m -> !m.votes())
          .extracting(EtcdMember::id)
          .containsExactly(id);
      assertThat(failure(() -> client.add(peer, EtcdMember.Role.LEARNER)).kind())
          .isEqualTo(Kind.REFUSED);
      EtcdCallException early = failure(() -> client.promote(id));
      assertThat(early.kind()).isEqualTo(Kind.REFUSED);
      assertThat(early.says("in sync with leader")).isTrue();
      client.remove(id);
      assertThat(client.members()).hasSize(1);
    }
  }

  @Test
  void everyCall_nothingListens_failsAtOnce() {
    everyCallFails(URI.create("http://127.0.0.1:" + EtcdProcess.freePort()), Duration.ZERO);
  }

  @Test
  void everyCall_toWhatNeverAnswers_endsAtItsLimit() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      everyCallFails(URI.create("http://127.0.0.1:" + silent.getLocalPort()), LIMIT);
    }
  }

  @Test
  void close_afterCalls_leavesNoThreads() throws Exception {
    for (int i = 0; i < 5; i++) {
      try (EtcdClient client = connect(etcd.endpoint())) {
        client.status();
        client.linearizableRead();
      }
    }
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    List<String> left = threadsOfJetcd();
    while (!left.isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
      left = threadsOfJetcd();
    }
    assertThat(left).isEmpty();
  }

  private static void everyCallFails(URI endpoint, Duration limit) {
    List<Consumer<EtcdClient>> calls =
        List.of(
            EtcdClient::status,
            EtcdClient::members,
            EtcdClient::linearizableRead,
            c -> c.writeTest("k"),
            c -> c.promote("1"));
    for (Consumer<EtcdClient> call : calls) {
      long start = System.nanoTime();
      try (EtcdClient client = connect(endpoint)) {
        EtcdCallException failure = failure(() -> call.accept(client));
        assertThat(failure.kind()).as(failure.toString()).isEqualTo(Kind.NO_ANSWER);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit.plus(SLACK));
    }
  }

  private static List<String> threadsOfJetcd() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("vert.x-") || name.startsWith("jetcd-"))
        .toList();
  }

  private static EtcdCallException failure(Runnable call) {
    EtcdCallException failure = catchThrowableOfType(EtcdCallException.class, call::run);
    assertThat(failure).isNotNull();
    return failure;
  }

  private static EtcdClient connect(URI endpoint) {
    return JetcdClient.connect(EtcdWay.direct(endpoint), null, LIMIT);
  }
}
