package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A place for the pod that signs etcd's certificates, empty at first. Thread-safe. */
public final class FakeSignerPods implements SignerPods {
  private final List<String> events = new CopyOnWriteArrayList<>();
  private volatile Optional<Pod> pod = Optional.empty();
  private volatile String manifest = "";
  private volatile Runnable whenCreated = () -> {};
  private volatile Runnable whenDeleted = () -> {};
  private volatile boolean silent;

  /**
   * Puts a pod there, as somebody else would.
   *
   * @return these pods
   */
  public FakeSignerPods pod(Pod there) {
    pod = Optional.of(there);
    return this;
  }

  /**
   * Says what happens once the pod was created, such as that it listens.
   *
   * @return these pods
   */
  public FakeSignerPods whenCreated(Runnable happens) {
    whenCreated = requireNonNull(happens, "happens");
    return this;
  }

  /**
   * Says what happens once the pod was deleted.
   *
   * @return these pods
   */
  public FakeSignerPods whenDeleted(Runnable happens) {
    whenDeleted = requireNonNull(happens, "happens");
    return this;
  }

  /**
   * Says whether the API gives no answer from now on.
   *
   * @return these pods
   */
  public FakeSignerPods silent(boolean now) {
    silent = now;
    return this;
  }

  /** Adds what happened elsewhere to the {@link #events}, to see in which order. */
  public void happened(String words) {
    events.add(words);
  }

  /** {@return the pod that is there} */
  public Optional<Pod> pod() {
    return pod;
  }

  /** {@return what the last pod was created from, or nothing} */
  public String manifest() {
    return manifest;
  }

  /** {@return what was done, in words: "created for 120 min", "deleted"} */
  public List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public Optional<Pod> find(RunContext run) {
    requireAnswer();
    return pod;
  }

  @Override
  public void create(String text, String host, Duration life, RunContext run) {
    requireAnswer();
    if (pod.filter(there -> there.isOf(run.runId())).isPresent()) {
      return;
    }
    if (pod.isPresent()) {
      throw run.failure(
          Code.CONCURRENT_CHANGE,
          "There is a pod already: " + pod.get(),
          "Look whose it is.",
          null);
    }
    events.add("created for " + life.toMinutes() + " min");
    manifest = text;
    pod = Optional.of(new Pod("u", Optional.of(run.runId().value()), host, "Running"));
    whenCreated.run();
  }

  @Override
  public void delete(Pod seen, RunContext run) {
    requireAnswer();
    if (pod.filter(there -> there.uid().equals(seen.uid())).isPresent()) {
      events.add("deleted");
      pod = Optional.empty();
      whenDeleted.run();
    }
  }

  private void requireAnswer() {
    if (silent) {
      throw new RefusedException(
          new Refusal(Code.API_UNREACHABLE, "The fake API is silent.", "Let it speak."), null);
    }
  }

  /** {@return the pod that is there} */
  @Override
  public String toString() {
    return "fake signer pods: " + pod.map(Pod::toString).orElse("none");
  }
}
