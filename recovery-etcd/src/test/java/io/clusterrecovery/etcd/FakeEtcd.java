package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster in memory that can lose an answer, and keeps what it was told to change. */
final class FakeEtcd {
  static final URI ONE = URI.create("http://one.test:2379");

  final Map<String, EtcdMember> members = Collections.synchronizedMap(new LinkedHashMap<>());
  final List<String> events = Collections.synchronizedList(new ArrayList<>());
  byte[] snapshot = {};
  boolean inSync = true;
  boolean readsAfterPromotion = true;
  boolean removes = true;

  /** Whether reads need more than half of the voters to have started. */
  boolean quorumCounts;

  private final Map<URI, String> servedBy = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Clock clock;
  private Optional<Duration> silenceAfterPromotion = Optional.empty();
  private Duration silentUntil = Duration.ZERO;

  /** How often a new host was asked what it has received. */
  final AtomicInteger looks = new AtomicInteger();

  String version = "3.5.0";
  Runnable atEachCall = () -> {};
  private int added = 1;
  private boolean promoted;

  FakeEtcd(Clock clock) {
    this.clock = clock;
    put(member("1", "one", EtcdMember.Role.VOTER));
    serve(ONE, "1");
  }

  /** The promotion is done, its answer lost, and nothing answered for that long. */
  FakeEtcd silentAfterPromotion(Duration time) {
    silenceAfterPromotion = Optional.of(time);
    return this;
  }

  void put(EtcdMember member) {
    members.put(member.id(), member);
  }

  void serve(URI url, String id) {
    servedBy.put(url, id);
  }

  EtcdCluster cluster() {
    return new EtcdCluster(List.of(ONE), FakeClient::new);
  }

  static EtcdMember member(String id, String name, EtcdMember.Role role) {
    List<URI> client = List.of(URI.create("http://" + name + ".test:2379"));
    return new EtcdMember(id, name, List.of(peer(name)), client, role);
  }

  static URI peer(String name) {
    return URI.create("http://" + name + ".test:2380");
  }

  /** Its etcd has started. */
  void started(String name) {
    String id = members.values().stream().filter(m -> !m.started()).findFirst().orElseThrow().id();
    put(member(id, name, requireNonNull(members.get(id)).role()));
    serve(URI.create("http://" + name + ".test:2379"), id);
  }

  /** What starts a member has added it as a voter. */
  void addVoter(URI peerUrl) {
    events.add("added");
    String id = String.valueOf(++added);
    put(new EtcdMember(id, "", List.of(peerUrl), List.of(), EtcdMember.Role.VOTER));
  }

  /** The ids up to that one are taken. */
  void continueAt(int last) {
    added = last;
  }

  /** Somebody else has promoted it. */
  void votes(String name) {
    members.replaceAll(
        (id, m) -> m.name().equals(name) ? member(id, name, EtcdMember.Role.VOTER) : m);
  }

  /** Its host has died. */
  void silence(String name) {
    servedBy.remove(URI.create("http://" + name + ".test:2379"));
  }

  private final class FakeClient implements EtcdClient {
    private final URI endpoint;

    FakeClient(URI endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public URI endpoint() {
      return endpoint;
    }

    @Override
    public EndpointStatus status() {
      answer("status");
      String id = String.valueOf(servedBy.get(endpoint));
      return new EndpointStatus("c", id, "1", 1, 1, version, EtcdMember.Role.VOTER, 1);
    }

    @Override
    public List<EtcdMember> members() {
      atEachCall.run();
      answer("member list");
      return List.copyOf(members.values());
    }

    @Override
    public void linearizableRead() {
      answer("read");
      List<EtcdMember> voters = members.values().stream().filter(EtcdMember::votes).toList();
      long up = voters.stream().filter(EtcdMember::started).count();
      if (quorumCounts && up < new Quorum(voters.size()).needed()) {
        throw lost("read");
      }
      if (promoted && !readsAfterPromotion) {
        throw lost("read");
      }
    }

    @Override
    public void writeTest(String key) {
      throw new AssertionError("not expected");
    }

    @Override
    public void saveSnapshot(OutputStream to, Duration stalled) {
      answer("snapshot");
      try {
        to.write(snapshot);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public java.util.Set<String> writtenSince(long revision) {
      throw new AssertionError("not expected");
    }

    @Override
    public long keysAt(long revision) {
      throw new AssertionError("not expected");
    }

    @Override
    public List<String> alarms() {
      throw new AssertionError("not expected");
    }

    @Override
    public Map<String, Long> keysBelow(String prefix) {
      throw new AssertionError("not expected");
    }

    @Override
    public boolean deleteUnchanged(String key, long revision) {
      throw new AssertionError("not expected");
    }

    @Override
    public String add(URI peerUrl, EtcdMember.Role role) {
      atEachCall.run();
      events.add("add");
      String id = String.valueOf(++added);
      put(new EtcdMember(id, "", List.of(peerUrl), List.of(), role));
      atEachCall.run();
      return id;
    }

    @Override
    public void promote(String memberId) {
      atEachCall.run();
      answer("promote");
      if (!inSync) {
        throw new EtcdCallException(
            EtcdCallException.Kind.REFUSED, endpoint, "promote", "not in sync", null);
      }
      EtcdMember learner = requireNonNull(members.get(memberId));
      put(member(memberId, learner.name(), EtcdMember.Role.VOTER));
      promoted = true;
      events.add("promoted");
      if (silenceAfterPromotion.isPresent()) {
        silentUntil = clock.elapsed().plus(silenceAfterPromotion.get());
        throw lost("promote");
      }
      atEachCall.run();
    }

    @Override
    public void remove(String memberId) {
      answer("remove");
      events.add("removal asked");
      if (removes) {
        members.remove(memberId);
        servedBy.values().remove(memberId);
        events.add("removed");
        atEachCall.run();
      }
    }

    @Override
    public void close() {}

    private void answer(String call) {
      if (clock.elapsed().compareTo(silentUntil) < 0 || !servedBy.containsKey(endpoint)) {
        throw lost(call);
      }
    }

    private EtcdCallException lost(String call) {
      return new EtcdCallException(
          EtcdCallException.Kind.NO_ANSWER, endpoint, call, "no answer within 5000 ms", null);
    }
  }
}
