package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.StepFailedException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Starts a member of a cluster in memory. */
final class FakeStart implements MemberStarter.Start {
  private final FakeEtcd etcd;
  private final String name;
  private final AtomicLong received = new AtomicLong();
  private boolean receives;
  private boolean promotes;
  private boolean stopFails;

  FakeStart(FakeEtcd etcd, String name) {
    this.etcd = etcd;
    this.name = name;
  }

  /** A byte more at each look. */
  FakeStart receiving() {
    receives = true;
    return this;
  }

  /** As kubeadm does. */
  FakeStart promoting() {
    promotes = true;
    return this;
  }

  @Override
  public boolean promotes() {
    if (promotes) {
      etcd.votes(name);
    }
    return promotes;
  }

  FakeStart unstoppable() {
    stopFails = true;
    return this;
  }

  @Override
  public void start(List<String> initialCluster) {
    etcd.started(name);
    etcd.events.add("started");
  }

  @Override
  public OptionalLong received() {
    etcd.looks.incrementAndGet();
    return receives ? OptionalLong.of(received.incrementAndGet()) : OptionalLong.empty();
  }

  @Override
  public void settled() {
    etcd.events.add("settled");
  }

  @Override
  public void undo() {
    if (stopFails) {
      throw new StepFailedException(
          Code.COMMAND_FAILED, "etcd cannot be stopped.", List.of(), "nothing", "Look.", null);
    }
    etcd.events.add("stopped");
  }
}
