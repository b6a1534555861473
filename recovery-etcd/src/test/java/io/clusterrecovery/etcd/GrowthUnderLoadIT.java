package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Event;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.kv.PutResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From one member to five, with a database of 500 MB and 500 writes a second meanwhile. */
@Tag("full")
class GrowthUnderLoadIT {
  private static final int MEGABYTES = 500;
  private static final int WRITES_A_SECOND = 500;
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong gap = new AtomicLong();

  @Test
  void expand_fromOneToThreeAndToFive_writesGoOnAndAllMembersHoldTheSame() throws Exception {
    try (EtcdLab lab = EtcdLab.of("one");
        Client client = lab.client(lab.lab.host("one"))) {
      lab.fill(lab.lab.host("one"), MEGABYTES);
      grow(lab, client, List.of("two", "three"));
      grow(lab, client, List.of("four", "five"));
    }
  }

  private void grow(EtcdLab lab, Client client, List<String> names) throws Exception {
    List<SshHost> connections = new ArrayList<>();
    MemberExpander.Builder growing = MemberExpander.on(lab.cluster(lab.lab.host("one")));
    for (String name : names) {
      LabHost host = lab.lab.create(name);
      SshHost ssh = lab.ssh(host);
      connections.add(ssh);
      growing.add(name, EtcdLab.peer(host), ssh);
    }
    Membership grown = grownUnderLoad(client, growing.build());
    connections.forEach(SshHost::close);

    assertThat(grown.voters()).isEqualTo(lab.lab.hosts().size());
    assertThat(Duration.ofNanos(gap.get())).isLessThan(LONGEST_GAP);
    assertThat(lab.hashes(lab.lab.hosts())).hasSize(1);
  }

  private Membership grownUnderLoad(Client client, MemberExpander expander) throws Exception {
    ScheduledExecutorService writers = Executors.newSingleThreadScheduledExecutor();
    long before = written.get();
    last.set(System.nanoTime());
    gap.set(0);
    Future<?> writing =
        writers.scheduleAtFixedRate(
            () -> write(client), 0, 1_000_000 / WRITES_A_SECOND, TimeUnit.MICROSECONDS);
    long start = System.nanoTime();
    Membership grown =
        RunContext.builder().listener(GrowthUnderLoadIT::tell).build().carryOut(expander);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(writing.isDone()).as("writes go on").isFalse();
    writing.cancel(false);
    writers.shutdown();
    assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    System.out.printf(
        "grown to %d in %.1f s, %d writes acknowledged, longest gap %.2f s%n",
        grown.voters(), seconds, written.get() - before, gap.get() / 1e9);
    return grown;
  }

  private static void tell(Event event) {
    if (event instanceof Event.WaitProgress progress) {
      System.out.println(progress.seen());
    }
  }

  private void write(Client client) {
    CompletableFuture<PutResponse> put =
        client.getKVClient().put(bytes("/load/" + written.get() % 10_000), bytes("x".repeat(200)));
    CompletableFuture<Void> unused = put.thenRun(this::acknowledged);
  }

  private void acknowledged() {
    long now = System.nanoTime();
    long since = now - last.getAndSet(now);
    gap.accumulateAndGet(since, Math::max);
    written.incrementAndGet();
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, UTF_8);
  }
}
