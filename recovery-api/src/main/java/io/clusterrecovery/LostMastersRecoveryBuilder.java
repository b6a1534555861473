package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RecoverySettings.Extra;
import io.clusterrecovery.RecoverySettings.Given;
import io.clusterrecovery.RecoverySettings.Made;
import io.clusterrecovery.RecoverySettings.NewMasters;
import io.clusterrecovery.RecoverySettings.Told;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a recovery is made of; each part can be set once, and is left out if it is not. Not
 * thread-safe.
 *
 * @param <R> what the restore finds
 */
public final class LostMastersRecoveryBuilder<R> {
  private final RecoveryStep<R> restore;
  private final List<RecoveryStep<?>> checks = new ArrayList<>();
  private final Map<RecoveryPart, Function<Recovered<R>, RecoveryStep<?>>> parts =
      new EnumMap<>(RecoveryPart.class);
  private final Map<RecoveryPart, List<Extra<R>>> extras = new EnumMap<>(RecoveryPart.class);
  private @Nullable List<Master> survivors;
  private @Nullable List<Master> lost;
  private @Nullable NewMasters<R> masters;
  private @Nullable RecoveryOrder order;
  private @Nullable DnsRecords dns;
  private @Nullable List<String> names;
  private @Nullable TargetPool balancer;

  LostMastersRecoveryBuilder(RecoveryStep<R> restore) {
    this.restore = restore;
  }

  /** Sets the masters that are left and stay; the first is the one that quorum is restored on. */
  public LostMastersRecoveryBuilder<R> survivors(Master... survivors) {
    this.survivors = SetOnce.value("survivors", this.survivors, List.of(survivors));
    return this;
  }

  /** Sets the masters that are gone for good. */
  public LostMastersRecoveryBuilder<R> lost(Master... lost) {
    this.lost = SetOnce.value("lost", this.lost, List.of(lost));
    return this;
  }

  /** Sets the new masters: hosts that are there. */
  public LostMastersRecoveryBuilder<R> masters(Master... masters) {
    return masters(new Given<>(List.of(masters)));
  }

  /**
   * Sets who makes the new masters.
   *
   * @param names what they are to be called, at least one
   */
  public LostMastersRecoveryBuilder<R> masters(Provisioner provisioner, String... names) {
    requireNonNull(provisioner, "provisioner");
    if (names.length == 0) {
      throw new IllegalArgumentException("say what the new masters are to be called");
    }
    return masters(new Made<>(new Provisioning(provisioner, List.of(names))));
  }

  /**
   * Sets the step that tells who the new masters are, such as one that waits for the Machine API;
   * not for {@link RecoveryOrder#ONE_BY_ONE}, which has to know their names beforehand.
   *
   * @param step built of what the restore found
   */
  public LostMastersRecoveryBuilder<R> masters(Function<R, RecoveryStep<List<Master>>> step) {
    return masters(new Told<>(requireNonNull(step, "step")));
  }

  /** Sets the order; {@link RecoveryOrder#GROWTH_LAST} by default. */
  public LostMastersRecoveryBuilder<R> order(RecoveryOrder order) {
    this.order = SetOnce.value("order", this.order, requireNonNull(order, "order"));
    return this;
  }

  /**
   * Adds a look before the first change, such as a {@link Preflight} of the hosts; what it refuses
   * is refused, and what it would change is not changed.
   */
  public LostMastersRecoveryBuilder<R> check(RecoveryStep<?> look) {
    checks.add(requireNonNull(look, "look"));
    return this;
  }

  /** Sets the step that waits for the API and its controllers. */
  public LostMastersRecoveryBuilder<R> api(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.API, step);
  }

  /** Sets the step that removes what stands for lost masters and misleads new ones. */
  public LostMastersRecoveryBuilder<R> forgetting(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.FORGETTING, step);
  }

  /** Sets the step that approves certificate requests of the new masters, and of nobody else. */
  public LostMastersRecoveryBuilder<R> approval(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.APPROVAL, step);
  }

  /** Sets the step that waits for the nodes. */
  public LostMastersRecoveryBuilder<R> nodes(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.NODES, step);
  }

  /**
   * Sets whose names are corrected.
   *
   * @param names one for each survivor, then one for each new master, which so takes the name that
   *     a lost one had
   */
  public LostMastersRecoveryBuilder<R> dns(DnsRecords dns, String... names) {
    this.dns = SetOnce.value("dns", this.dns, requireNonNull(dns, "dns"));
    this.names = List.of(names);
    return this;
  }

  /** Sets the load balancer that is corrected. */
  public LostMastersRecoveryBuilder<R> balancer(TargetPool pool) {
    this.balancer = SetOnce.value("balancer", this.balancer, requireNonNull(pool, "pool"));
    return this;
  }

  /** Sets the step that grows etcd by the new masters. */
  public LostMastersRecoveryBuilder<R> growth(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.GROWTH, step);
  }

  /** Sets the step that lets operators roll out what depends on etcd's members. */
  public LostMastersRecoveryBuilder<R> operators(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.OPERATORS, step);
  }

  /** Sets the step that cleans what the restore left behind, and checks the whole. */
  public LostMastersRecoveryBuilder<R> cleaning(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.CLEANING, step);
  }

  /** Sets the step that keeps a fresh snapshot of the recovered etcd. */
  public LostMastersRecoveryBuilder<R> backup(Function<Recovered<R>, RecoveryStep<?>> step) {
    return part(RecoveryPart.BACKUP, step);
  }

  /**
   * Adds a step of the caller's own.
   *
   * @param part after which it comes, whether that part is left out or not; in {@link
   *     RecoveryOrder#ONE_BY_ONE} one after growth or approval is done for each new master
   * @param name the step's name
   */
  public LostMastersRecoveryBuilder<R> after(
      RecoveryPart part, String name, Function<Recovered<R>, RecoveryStep<?>> step) {
    requireNonNull(step, "step");
    extras.computeIfAbsent(part, p -> new ArrayList<>()).add(new Extra<>(name, step));
    return this;
  }

  /**
   * {@return the recovery} Checks the settings, does no I/O.
   *
   * @throws IllegalStateException if something that a part needs is missing, or does not fit
   */
  public LostMastersRecovery<R> build() {
    RecoverySettings<R> settings =
        new RecoverySettings<>(
            restore,
            survivors == null ? List.of() : survivors,
            lost == null ? List.of() : lost,
            masters == null ? new Given<>(List.of()) : masters,
            order == null ? RecoveryOrder.GROWTH_LAST : order,
            List.copyOf(checks),
            Map.copyOf(parts),
            copyOfExtras(),
            Optional.ofNullable(dns),
            names == null ? List.of() : names,
            Optional.ofNullable(balancer));
    RecoveryRules.require(settings);
    return new LostMastersRecovery<>(settings);
  }

  private Map<RecoveryPart, List<Extra<R>>> copyOfExtras() {
    Map<RecoveryPart, List<Extra<R>>> copy = new EnumMap<>(RecoveryPart.class);
    extras.forEach((part, steps) -> copy.put(part, List.copyOf(steps)));
    return copy;
  }

  private LostMastersRecoveryBuilder<R> masters(NewMasters<R> masters) {
    this.masters = SetOnce.value("masters", this.masters, masters);
    return this;
  }

  private LostMastersRecoveryBuilder<R> part(
      RecoveryPart part, Function<Recovered<R>, RecoveryStep<?>> step) {
    requireNonNull(step, "step");
    if (parts.putIfAbsent(part, step) != null) {
      throw new IllegalStateException("'" + part.title() + "' was set already");
    }
    return this;
  }

  @Override
  public String toString() {
    return "recovery from lost masters, not built yet";
  }
}
