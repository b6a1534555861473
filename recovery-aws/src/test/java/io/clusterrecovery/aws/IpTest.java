package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, A",
    "fd00::1, fd00::1, AAAA",
    "FD00:0:0:0::01, fd00::1, AAAA",
    "::1, ::1, AAAA",
    "::, ::, AAAA",
    "1::, 1::, AAAA",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1, AAAA",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1, AAAA"
  })
  void require_address_hasOneSpellingAndItsType(String given, String spelled, String type) {
    assertThat(Ip.require(given)).isEqualTo(spelled);
    assertThat(Ip.recordType(spelled)).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0",
        "10.0.0.256",
        "master-0",
        "fd00",
        ":",
        "fd00:::1",
        "1:2:3:4:5:6:7:8:9",
        "fd00::1%eth0",
        "::ffff:10.0.0.1",
        "[fd00::1]"
      })
  void require_noAddress_isRejected(String given) {
    assertThatThrownBy(() -> Ip.require(given)).isInstanceOf(IllegalArgumentException.class);
  }
}
