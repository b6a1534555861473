package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Starts members of a cluster in memory as a script does that adds them itself. */
final class SelfAddingStart implements MemberStarter {
  private final FakeEtcd etcd;

  /** How many starts fail before one comes up. */
  int startsThatFail;

  /** Why a start fails is not seen. */
  boolean silent;

  boolean addFails;

  /** What is at work goes on after its add has failed, and adds the member only then. */
  boolean addsLate;

  boolean endFails;

  SelfAddingStart(FakeEtcd etcd) {
    this.etcd = etcd;
  }

  @Override
  public boolean addsMember() {
    return true;
  }

  @Override
  public Start prepareStart(JoiningMember member, RunContext run, Plan.Builder plan) {
    return new Adding(member.name(), member.peerUrl());
  }

  private final class Adding implements Start {
    private final String name;
    private final URI peerUrl;
    private Optional<String> failed = Optional.empty();
    private boolean late;

    Adding(String name, URI peerUrl) {
      this.name = name;
      this.peerUrl = peerUrl;
    }

    @Override
    public void add() {
      late = addsLate;
      if (addFails) {
        throw new StepFailedException(
            Code.COMMAND_FAILED, "The script ends.", List.of(), "nothing", "Look.", null);
      }
      etcd.addVoter(peerUrl);
    }

    @Override
    public void start(List<String> initialCluster) {
      etcd.events.add("start");
      boolean fails = startsThatFail-- > 0;
      failed = fails && !silent ? Optional.of("it crashes") : Optional.empty();
      if (!fails) {
        etcd.started(name);
        etcd.events.add("started");
      }
    }

    @Override
    public Optional<String> failure() {
      return failed;
    }

    @Override
    public Optional<Change> ending() {
      return late
          ? Optional.of(Change.of("grow/end-script/" + name, "end it", name, "running", "ended"))
          : Optional.empty();
    }

    @Override
    public void end() {
      if (endFails) {
        throw new StepFailedException(
            Code.HOST_UNREACHABLE, "No way there.", List.of(), "nothing", "Look.", null);
      }
      etcd.addVoter(peerUrl);
      etcd.events.add("ended");
    }

    @Override
    public void undo() {
      etcd.events.add("stopped");
    }

    @Override
    public void settled() {
      etcd.events.add("settled");
    }
  }
}
