package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The locks that a run holds on hosts, so that nobody else changes them meanwhile, from wherever.
 *
 * <p>They are looked at for each plan and taken before the first change, in the order of the hosts'
 * names, so that of two operators who want the same hosts one gets them. A host that cannot be
 * reached has no lock, which is told.
 */
final class HostLocks {
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(15);
  private static final int TRIES = 5;
  private static final Set<Code> AWAY =
      Set.of(
          Code.HOST_UNREACHABLE,
          Code.JUMP_HOST_UNREACHABLE,
          Code.CONNECTION_LOST,
          Code.WAIT_TIMED_OUT);

  /** The runs that this process is at work on. */
  private static final Set<String> AT_WORK = ConcurrentHashMap.newKeySet();

  /**
   * What a run's locks are made of.
   *
   * @param owner who runs it, or null for the user of this process
   * @param takeOver whose locks may be taken by force, or null
   * @param journal the run's journal, or null
   */
  record Terms(@Nullable String owner, @Nullable String takeOver, @Nullable String journal) {
    static final Terms NONE = new Terms(null, null, null);
  }

  private final RunId run;
  private final Terms terms;
  private final Clock clock;
  private final Operator operator;
  private final LockRules rules;
  private final Map<String, RemoteHost> unseen = new LinkedHashMap<>();
  private final Map<String, RemoteHost> wanted = new LinkedHashMap<>();
  private final Map<String, Held> held = new LinkedHashMap<>();

  /** A lock as this run has set it. */
  private record Held(RemoteHost host, String text) {}

  HostLocks(RunId run, Terms terms, Clock clock) {
    this.run = run;
    this.terms = terms;
    this.clock = clock;
    this.operator = Operator.here(terms.owner());
    this.rules = new LockRules(run, operator.owner(), terms.takeOver(), this::leftBehind);
  }

  /** {@return locks of the same run that are held by themselves} */
  HostLocks another() {
    return new HostLocks(run, terms, clock);
  }

  /** Has these hosts looked at with the first plan, and locked before the first change. */
  synchronized HostLocks lockAlso(Collection<? extends RemoteHost> hosts) {
    hosts.forEach(host -> unseen.putIfAbsent(host.name(), host));
    return this;
  }

  /** {@return the plan, with what the locks of those hosts have to say} */
  synchronized Plan shownIn(Plan plan, List<RemoteHost> hosts) {
    lockAlso(hosts);
    if (unseen.isEmpty() || cannotBeReached(plan)) {
      return plan;
    }
    FleetResult<String> looks =
        Fleet.of(unseen.values())
            .hostLimit(LOOK_LIMIT)
            .build()
            .observe("looking at the lock", host -> new HostLock(host).seen());
    wanted.putAll(unseen);
    unseen.clear();
    Map<String, LockMove> moves = new LinkedHashMap<>();
    looks.results().forEach((host, seen) -> moves.put(host, rules.decide(host, seen)));
    looks.results().forEach((host, seen) -> keep(host, seen, moves.get(host)));
    if (plan.satisfied()) {
      seeAgain(moves);
    }
    return LockShown.in(plan, moves, looks.failures());
  }

  /** What is held from before is given back by this run, also if it has nothing left to change. */
  private void keep(String host, String seen, @Nullable LockMove move) {
    RemoteHost there = wanted.get(host);
    if (move instanceof LockMove.Keep && there != null) {
      held.put(host, new Held(there, seen));
    }
  }

  /** Whoever has nothing to change is not refused for another's lock; the next one may be. */
  private void seeAgain(Map<String, LockMove> moves) {
    wanted.forEach(
        (host, there) -> {
          if (moves.get(host) instanceof LockMove.Refuse) {
            unseen.put(host, there);
          }
        });
  }

  /** Nothing will be done then, and looking once more would only take time. */
  private static boolean cannotBeReached(Plan plan) {
    return plan.refusals().stream().anyMatch(refusal -> AWAY.contains(refusal.code()));
  }

  /**
   * Takes what was looked at and is not held yet; all of it, or nothing.
   *
   * @param tell hears what is worth telling
   * @throws RefusedException if another has one of them; what this call had taken is given back
   */
  synchronized void take(Consumer<String> tell) {
    AT_WORK.add(run.value());
    List<RemoteHost> left =
        wanted.values().stream()
            .filter(host -> !held.containsKey(host.name()))
            .sorted(Comparator.comparing(RemoteHost::name))
            .toList();
    List<RemoteHost> taken = new ArrayList<>();
    try {
      for (RemoteHost host : left) {
        if (taken(host, tell)) {
          taken.add(host);
        }
      }
    } catch (RuntimeException e) {
      taken.forEach(host -> giveBack(host.name(), tell));
      throw e;
    } finally {
      wanted.clear();
    }
  }

  private boolean taken(RemoteHost host, Consumer<String> tell) {
    try {
      return takenFrom(host, new HostLock(host).seen(), tell);
    } catch (RecoveryException e) {
      if (!AWAY.contains(e.code())) {
        throw e instanceof RefusedException
            ? e
            : new RefusedException(new Refusal(e.code(), e.found(), e.next()), e);
      }
      tell.accept(LockShown.unlocked(host.name(), e));
      return false;
    }
  }

  /** What was seen may be another's a moment later, or nobody's, and is then decided anew. */
  private boolean takenFrom(RemoteHost host, String first, Consumer<String> tell) {
    String seen = first;
    for (int i = 0; i < TRIES; i++) {
      LockMove move = rules.decide(host.name(), seen);
      if (move instanceof LockMove.Refuse refuse) {
        throw new RefusedException(refuse.why(), null);
      }
      if (move instanceof LockMove.Keep) {
        held.put(host.name(), new Held(host, seen));
        return false;
      }
      String mine = entry(move).text();
      Optional<String> instead = new HostLock(host).set(seen, mine);
      if (instead.isEmpty()) {
        held.put(host.name(), new Held(host, mine));
        LockShown.taken(host.name(), move).ifPresent(tell);
        return true;
      }
      seen = instead.get();
    }
    String found = "The lock of %s changed hands %d times meanwhile.".formatted(host.name(), TRIES);
    String next = "Find out who else works on it, then run it again.";
    throw new RefusedException(new Refusal(Code.HOST_LOCKED, found, next), null);
  }

  private LockEntry entry(LockMove move) {
    String from = move instanceof LockMove.TakeOver over ? over.from() : null;
    return new LockEntry(
        run.value(),
        operator.owner(),
        operator.machine(),
        operator.process(),
        clock.now(),
        terms.journal(),
        from);
  }

  /**
   * Does something that nobody will resume: the locks are given back however it ends. Only an
   * {@link Error}, like a crash, leaves them.
   */
  <R> R during(Supplier<R> work, Consumer<String> tell) {
    try {
      R result = work.get();
      release(tell);
      return result;
    } catch (RuntimeException e) {
      release(tell);
      throw e;
    } finally {
      leave();
    }
  }

  /** Gives all of them back; what cannot be given back is told. */
  synchronized void release(Consumer<String> tell) {
    boolean interrupted = Thread.interrupted(); // it would end these calls too
    try {
      List.copyOf(held.keySet()).forEach(host -> giveBack(host, tell));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the work under these locks, whether they were given back or not. */
  void leave() {
    AT_WORK.remove(run.value());
  }

  private void giveBack(String name, Consumer<String> tell) {
    Held lock = held.remove(name);
    if (lock == null) {
      return;
    }
    try {
      new HostLock(lock.host()).set(lock.text(), "");
    } catch (RecoveryException e) {
      String line = "The lock of %s could not be given back: %s It stays, as one of %s.";
      tell.accept(line.formatted(name, e.found(), operator.owner()));
    }
  }

  private boolean leftBehind(LockEntry lock) {
    return operator.isOfThisProcess(lock)
        ? !AT_WORK.contains(lock.run())
        : operator.knowsEnded(lock);
  }
}
