package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.cluster.Member;
import io.etcd.jetcd.maintenance.StatusResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An endpoint reached by jetcd. */
final class JetcdClient implements EtcdClient {
  /** As an end of a range it means: to the last one. */
  private static final ByteSequence FIRST_KEY = ByteSequence.from(new byte[] {0});

  private final EtcdWay way;
  private final URI endpoint;
  private final Client client;
  private final Duration limit;

  private JetcdClient(EtcdWay way, Client client, Duration limit) {
    this.way = way;
    this.endpoint = way.endpoint();
    this.client = client;
    this.limit = limit;
  }

  static EtcdClient connect(EtcdWay way, @Nullable EtcdTls tls, Duration limit) {
    ClientBuilder builder =
        Client.builder()
            .endpoints(way.dialled())
            .authority(way.authority())
            .connectTimeout(limit)
            .retryMaxAttempts(0)
            .retryMaxDuration(limit)
            .waitForReady(false);
    if (tls != null) {
      builder.sslContext(sslContext(way.endpoint(), tls));
    }
    return new JetcdClient(way, builder.build(), limit);
  }

  private static SslContext sslContext(URI endpoint, EtcdTls tls) {
    try {
      return tls.context();
    } catch (IOException | IllegalArgumentException e) {
      throw new EtcdCallException(
          EtcdCallException.Kind.ACCESS_DENIED,
          endpoint,
          "reading the certificates " + tls,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public EndpointStatus status() {
    StatusResponse answer =
        call("status", () -> client.getMaintenanceClient().statusMember(way.dialled().toString()));
    return new EndpointStatus(
        Long.toHexString(answer.getHeader().getClusterId()),
        Long.toHexString(answer.getHeader().getMemberId()),
        Long.toHexString(answer.getLeader()),
        answer.getRaftIndex(),
        answer.getHeader().getRevision(),
        answer.getVersion(),
        role(answer.isLearner()),
        answer.getDbSize());
  }

  @Override
  public List<EtcdMember> members() {
    return call("member list", () -> client.getClusterClient().listMember()).getMembers().stream()
        .map(JetcdClient::member)
        .toList();
  }

  @Override
  public void linearizableRead() {
    call("linearizable read", () -> client.getKVClient().get(bytes("io.clusterrecovery/read")));
  }

  @Override
  public void writeTest(String key) {
    ByteSequence name = bytes(key);
    call("write test: put", () -> client.getKVClient().put(name, bytes("written")));
    String read =
        call("write test: get", () -> client.getKVClient().get(name)).getKvs().stream()
            .map(kv -> kv.getValue().toString(UTF_8))
            .findFirst()
            .orElse("nothing");
    call("write test: delete", () -> client.getKVClient().delete(name));
    if (!read.equals("written")) {
      throw new EtcdCallException(
          EtcdCallException.Kind.REFUSED, endpoint, "write test", "read back " + read, null);
    }
  }

  @Override
  public void saveSnapshot(OutputStream to, Duration stalled) {
    WatchedOutput watched = new WatchedOutput(to);
    CompletableFuture<Long> saving = client.getMaintenanceClient().snapshot(watched);
    try {
      watched.await(saving, stalled);
    } catch (TimeoutException e) {
      saving.cancel(true);
      String why =
          "no byte came for %d ms, after %d".formatted(stalled.toMillis(), watched.bytes());
      throw new EtcdCallException(EtcdCallException.Kind.NO_ANSWER, endpoint, "snapshot", why, e);
    } catch (ExecutionException e) {
      throw EtcdAnswers.failure(endpoint, "snapshot", e);
    } catch (InterruptedException e) {
      saving.cancel(true);
      throw interrupted("snapshot", e);
    }
  }

  @Override
  public Set<String> writtenSince(long revision) {
    linearizableRead();
    long now = status().revision();
    if (now <= revision) {
      return Set.of();
    }
    Set<String> keys = new ConcurrentSkipListSet<>();
    CompletableFuture<Set<String>> all = new CompletableFuture<>();
    WatchOption everything =
        WatchOption.builder().withRevision(revision + 1).withRange(FIRST_KEY).build();
    Watch.Listener listener =
        Watch.listener(
            response -> {
              response.getEvents().forEach(e -> keys.add(e.getKeyValue().getKey().toString(UTF_8)));
              if (response.getEvents().stream().anyMatch(e -> modified(e) >= now)) {
                all.complete(keys);
              }
            },
            all::completeExceptionally);
    Watch.Watcher watcher = client.getWatchClient().watch(FIRST_KEY, everything, listener);
    try {
      return call("watch of what was written, until revision " + now, () -> all);
    } finally {
      watcher.close();
    }
  }

  @Override
  public long keysAt(long revision) {
    GetOption count =
        GetOption.builder().withRange(FIRST_KEY).withCountOnly(true).withRevision(revision).build();
    return call("count of keys", () -> client.getKVClient().get(FIRST_KEY, count)).getCount();
  }

  @Override
  public List<String> alarms() {
    return call("alarm list", () -> client.getMaintenanceClient().listAlarms()).getAlarms().stream()
        .map(a -> a.getAlarmType() + " of member " + Long.toHexString(a.getMemberId()))
        .toList();
  }

  @Override
  public Map<String, Long> keysBelow(String prefix) {
    GetOption below = GetOption.builder().isPrefix(true).withKeysOnly(true).build();
    return call("list of keys", () -> client.getKVClient().get(bytes(prefix), below))
        .getKvs()
        .stream()
        .collect(Collectors.toMap(kv -> kv.getKey().toString(UTF_8), KeyValue::getModRevision));
  }

  @Override
  public boolean deleteUnchanged(String key, long revision) {
    Cmp unchanged = new Cmp(bytes(key), Cmp.Op.EQUAL, CmpTarget.modRevision(revision));
    Op delete = Op.delete(bytes(key), DeleteOption.DEFAULT);
    return call("delete", () -> client.getKVClient().txn().If(unchanged).Then(delete).commit())
        .isSucceeded();
  }

  private static long modified(WatchEvent event) {
    return event.getKeyValue().getModRevision();
  }

  @Override
  public String add(URI peerUrl, EtcdMember.Role role) {
    boolean learner = role == EtcdMember.Role.LEARNER;
    long id =
        call("member add", () -> client.getClusterClient().addMember(List.of(peerUrl), learner))
            .getMember()
            .getId();
    return Long.toHexString(id);
  }

  @Override
  public void promote(String memberId) {
    long id = Long.parseUnsignedLong(memberId, 16);
    call("member promote", () -> client.getClusterClient().promoteMember(id));
  }

  @Override
  public void remove(String memberId) {
    long id = Long.parseUnsignedLong(memberId, 16);
    call("member remove", () -> client.getClusterClient().removeMember(id));
  }

  @Override
  public void close() {
    client.close();
    way.close();
  }

  private <T> T call(String name, Supplier<CompletableFuture<T>> call) {
    try {
      return call.get().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      String why = "no answer within " + limit.toMillis() + " ms";
      throw new EtcdCallException(EtcdCallException.Kind.NO_ANSWER, endpoint, name, why, e);
    } catch (ExecutionException e) {
      throw EtcdAnswers.failure(endpoint, name + way.remark(), e);
    } catch (InterruptedException e) {
      throw interrupted(name, e);
    }
  }

  private EtcdCallException interrupted(String name, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new EtcdCallException(
        EtcdCallException.Kind.NO_ANSWER, endpoint, name, "interrupted", cause);
  }

  private static EtcdMember member(Member member) {
    return new EtcdMember(
        Long.toHexString(member.getId()),
        member.getName(),
        member.getPeerURIs(),
        member.getClientURIs(),
        role(member.isLearner()));
  }

  private static EtcdMember.Role role(boolean learner) {
    return learner ? EtcdMember.Role.LEARNER : EtcdMember.Role.VOTER;
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
