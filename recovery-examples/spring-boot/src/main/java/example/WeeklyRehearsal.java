package example;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.etcd.RehearsalResult;
import io.clusterrecovery.etcd.Snapshot;
import io.clusterrecovery.ssh.SshHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Proves each week that the snapshot can be restored: on the host itself, beside what runs. */
@Component
class WeeklyRehearsal {
  private static final Logger LOG = LoggerFactory.getLogger(WeeklyRehearsal.class);

  private final ClusterSettings cluster;
  private final SshHost survivor;

  WeeklyRehearsal(ClusterSettings cluster, SshHost survivor) {
    this.cluster = cluster;
    this.survivor = survivor;
  }

  @Scheduled(cron = "${cluster.rehearsal:0 0 4 * * SUN}")
  void weekly() {
    try {
      LOG.info("The snapshot serves: {}", rehearse());
    } catch (RecoveryException e) {
      LOG.error("The snapshot could not be proven to serve: {}", e.getMessage(), e);
    }
  }

  RehearsalResult rehearse() {
    return Snapshot.inspect(cluster.snapshot()).rehearse(survivor);
  }
}
