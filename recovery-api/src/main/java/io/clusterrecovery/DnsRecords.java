package io.clusterrecovery;

import java.util.List;

/**
 * The port through which a recovery corrects names, whoever serves them: Route 53 by {@code
 * DnsUpdater}, or any DNS by an implementation of the caller's own.
 */
@FunctionalInterface
public interface DnsRecords {

  /**
   * {@return the step after which each of these names leads to these addresses}
   *
   * <p>Building it does no I/O; what the step does keeps to these rules:
   *
   * <ol>
   *   <li>Its plan shows old and new value of each record that differs, and refuses by name what it
   *       does not handle.
   *   <li>A record is only replaced while it is exactly what the plan showed, and all of them
   *       together or none; an edit that somebody else made meanwhile is a failure with {@link
   *       Code#CONCURRENT_CHANGE}.
   *   <li>It reads the records back, and returns when whoever asks from now on gets the new ones.
   *   <li>Records that were not named are never touched; run again, it changes nothing.
   * </ol>
   *
   * @param records what shall be, at least one; a name stands once for each family of addresses
   */
  RecoveryStep<?> pointing(List<AddressRecord> records);
}
