package io.clusterrecovery;

import java.util.Optional;

/**
 * The port through which a recovery gets new master hosts, whoever makes them: Terraform, a cloud's
 * API, somebody who plugs them in. What such hosts are to be called is known beforehand.
 */
public interface Provisioner {

  /** {@return the host of that name, unless there is none yet} Changes nothing. */
  Optional<Master> find(String name);

  /**
   * {@return the new host of that name, which answers} Called for one that {@link #find} did not
   * find, never twice at a time. After a crash in the middle it is called again for the same name,
   * if the host is not found then.
   *
   * @throws RuntimeException if it cannot be made
   */
  Master make(String name);
}
