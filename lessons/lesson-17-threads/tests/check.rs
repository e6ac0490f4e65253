//! 레슨 17의 시나리오. / The scenarios of lesson 17.
