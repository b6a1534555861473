package example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.EnableScheduling;

/** A service that plans and starts a recovery when it is asked to, and rehearses one each week. */
@SpringBootApplication
@EnableScheduling
@EnableConfigurationProperties(ClusterSettings.class)
public class RecoveryApplication {
  public static void main(String[] args) {
    SpringApplication.run(RecoveryApplication.class, args);
  }
}
