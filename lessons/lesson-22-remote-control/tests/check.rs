//! 레슨 22의 시나리오. / The scenarios of lesson 22.
