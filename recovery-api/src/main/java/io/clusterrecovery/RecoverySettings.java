package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a recovery is made of.
 *
 * @param checks looks of the caller's own before the first change
 * @param parts how to build those parts that any step can be
 * @param extras further steps, by the part they come after
 * @param names the names of DNS, survivors' first, then new masters'
 */
record RecoverySettings<R>(
    RecoveryStep<R> restore,
    List<Master> survivors,
    List<Master> lost,
    NewMasters<R> masters,
    RecoveryOrder order,
    List<RecoveryStep<?>> checks,
    Map<RecoveryPart, Function<Recovered<R>, RecoveryStep<?>>> parts,
    Map<RecoveryPart, List<Extra<R>>> extras,
    Optional<DnsRecords> dns,
    List<String> names,
    Optional<TargetPool> balancer) {

  /** A step of the caller's own. */
  record Extra<R>(String name, Function<Recovered<R>, RecoveryStep<?>> step) {}

  /** Where new masters come from. */
  sealed interface NewMasters<R> {
    /** Their names, as far as they are known beforehand. */
    List<String> names();
  }

  /** They are there. */
  record Given<R>(List<Master> masters) implements NewMasters<R> {
    @Override
    public List<String> names() {
      return masters.stream().map(Master::name).toList();
    }
  }

  /** A provisioner makes them. */
  record Made<R>(Provisioning provisioning) implements NewMasters<R> {
    @Override
    public List<String> names() {
      return provisioning.names();
    }
  }

  /** A step tells who they are. */
  record Told<R>(Function<R, RecoveryStep<List<Master>>> step) implements NewMasters<R> {
    @Override
    public List<String> names() {
      return List.of();
    }
  }

  /** The step that gives all masters their names, if DNS is corrected. */
  Optional<RecoveryStep<?>> naming(List<Master> masters) {
    if (dns.isPresent() && names.size() > survivors.size() + masters.size()) {
      throw new IllegalStateException(
          "nobody takes these names of dns(…): "
              + names.subList(survivors.size() + masters.size(), names.size()));
    }
    return pointing(masters);
  }

  /** The step that gives those their names who are known so far, if DNS is corrected. */
  Optional<RecoveryStep<?>> pointing(List<Master> masters) {
    if (dns.isEmpty()) {
      return Optional.empty();
    }
    List<AddressRecord> records = new ArrayList<>();
    List<Master> all = all(masters);
    if (all.size() > names.size()) {
      throw new IllegalStateException(
          "dns(…) has no name for " + all.subList(names.size(), all.size()));
    }
    for (int i = 0; i < all.size(); i++) {
      records.add(new AddressRecord(names.get(i), all.get(i).address()));
    }
    return dns.map(port -> port.pointing(records));
  }

  /**
   * The step that lets the load balancer send to survivors and these masters, if it is wanted. A
   * new master may have the address of a lost one.
   */
  Optional<RecoveryStep<?>> serving(List<Master> masters) {
    List<String> targets = addresses(all(masters));
    List<String> leaving = addresses(lost).stream().filter(a -> !targets.contains(a)).toList();
    return balancer.map(pool -> pool.serving(targets, leaving));
  }

  private List<Master> all(List<Master> masters) {
    List<Master> all = new ArrayList<>(survivors);
    all.addAll(masters);
    return all;
  }

  private static List<String> addresses(List<Master> masters) {
    return masters.stream().map(Master::address).toList();
  }
}
