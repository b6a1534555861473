package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares several survivors, and a snapshot, before a restore: which one to go on with, and how
 * much each choice would lose.
 *
 * <ol>
 *   <li>Asks every candidate's etcd, all at the same time, which member it is, whether it votes,
 *       its commit index and revision; that is answered without quorum.
 *   <li>Where etcd does not answer, reads the same from its files: its database page by page, and
 *       the newest file of its write-ahead log (64 MB as a rule), whose last state tells the commit
 *       index (etcd, {@code server/storage/wal}). The copy of it is removed again.
 *   <li>Recommends the voter with the highest commit index, as that holds every write that a
 *       restore by own data keeps. A learner is never recommended, and nobody if the candidates are
 *       of several clusters.
 * </ol>
 *
 * <p>What the lost members had is not known, so each loss is the least it may be. Changes nothing,
 * and is safe to run at any time. Immutable and thread-safe.
 */
public final class SurvivorChoice {
  private final RestoreMethod method;
  private final List<SurvivorLook> candidates;
  private final @Nullable Path snapshot;

  private SurvivorChoice(Builder settings) {
    this.method = settings.method;
    this.candidates = List.copyOf(settings.candidates);
    this.snapshot = settings.snapshot;
  }

  /**
   * {@return a builder}
   *
   * @param method how etcd is run on the candidates' hosts, which tells where its data is
   */
  public static Builder by(RestoreMethod method) {
    return new Builder(requireNonNull(method, "method"));
  }

  /**
   * Looks at all candidates and decides; a candidate that cannot be looked at is a reason in the
   * advice, not an exception.
   *
   * @throws RefusedException if the snapshot cannot be read or is damaged
   */
  public SurvivorAdvice compare() {
    Optional<Snapshot> inspected = Optional.ofNullable(snapshot).map(Snapshot::inspect);
    List<SurvivorState> states = Concurrently.map(candidates, each -> each.state(method));
    return SurvivorRules.advice(states, inspected);
  }

  @Override
  public String toString() {
    return "choice between "
        + String.join(", ", candidates.stream().map(SurvivorLook::name).toList());
  }

  /** Collects the settings. Not thread-safe. */
  public static final class Builder {
    private final RestoreMethod method;
    private final List<SurvivorLook> candidates = new ArrayList<>();
    private @Nullable Path snapshot;

    private Builder(RestoreMethod method) {
      this.method = method;
    }

    /**
     * Adds a survivor, once by each name.
     *
     * @param name the name of its etcd member
     * @param host its host
     * @param etcd its own client endpoint, the first one of these
     */
    public Builder candidate(String name, RemoteHost host, EtcdCluster etcd) {
      return add(new SurvivorLook(name, host, Optional.of(etcd)));
    }

    /** Adds a survivor whose etcd is not asked: its files alone tell. */
    public Builder candidate(String name, RemoteHost host) {
      return add(new SurvivorLook(name, host, Optional.empty()));
    }

    /**
     * Compares a snapshot too.
     *
     * @param file as for {@link Snapshot#inspect}
     */
    public Builder snapshot(Path file) {
      this.snapshot = SetOnce.value("snapshot", this.snapshot, file);
      return this;
    }

    /** {@return the choice; nothing is looked at yet} */
    public SurvivorChoice build() {
      if (candidates.isEmpty()) {
        throw new IllegalStateException("candidate is missing");
      }
      return new SurvivorChoice(this);
    }

    private Builder add(SurvivorLook candidate) {
      requireNonNull(candidate.name(), "name");
      requireNonNull(candidate.host(), "host");
      if (candidates.stream().anyMatch(c -> c.name().equals(candidate.name()))) {
        throw new IllegalStateException(
            "candidate '%s' was given already".formatted(candidate.name()));
      }
      candidates.add(candidate);
      return this;
    }

    @Override
    public String toString() {
      return "SurvivorChoice of " + candidates.size() + " hosts, not built yet";
    }
  }
}
